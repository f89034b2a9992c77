const { soundRoutes } = require("../../shared/sound-routes");

function routes(parts) {
  // The flaw: no addon.verifyInstallation() before it.
  parts.app.post("/installed", parts.addon.postInstallation());

  soundRoutes(parts);
}

module.exports = { routes };
