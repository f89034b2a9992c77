const { soundRoutes } = require("../../shared/sound-routes");

// The flaw: the middleware for context tokens guards the pages; it checks the signature, but not which URL was signed.
const routes = parts => soundRoutes({ ...parts, authenticate: parts.addon.checkValidToken() });

module.exports = { routes };
