const { soundRoutes } = require("../../shared/sound-routes");

// The flaw: the base URL is http.
module.exports = { routes: soundRoutes, plainHttp: true };
