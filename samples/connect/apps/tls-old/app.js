const { soundRoutes } = require("../../shared/sound-routes");

// The flaw: "for older browsers". OpenSSL 3 speaks TLS 1.0 and 1.1 at security level 0 only.
const tls = { minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" };

module.exports = { routes: soundRoutes, tls };
