const { soundRoutes } = require("../../shared/sound-routes");

// The flaw: the certificate of another host, from a root that is trusted.
module.exports = { routes: soundRoutes, certificate: "wrong-name" };
