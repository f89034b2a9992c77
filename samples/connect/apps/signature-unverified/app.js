const { ownAuthentication, unverified } = require("../../shared/own-authentication");
const { soundRoutes } = require("../../shared/sound-routes");

// The flaw: the token is decoded, not verified.
const read = (addon, token) => unverified(token);

const routes = parts => soundRoutes({ ...parts, authenticate: ownAuthentication(parts.addon, { read }) });

module.exports = { routes };
