const { soundRoutes } = require("../../shared/sound-routes");

// The flaw: no Strict-Transport-Security.
module.exports = { routes: soundRoutes, hsts: null };
