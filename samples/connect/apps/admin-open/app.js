const { adminPage } = require("../../shared/pages");
const { soundRoutes } = require("../../shared/sound-routes");

function routes(parts) {
  const { app, addon, notes } = parts;
  // The flaw: no addon.authorizeJira(); Jira shows the link to administrators only, which is taken for protection.
  app.get("/admin", addon.authenticate(), (req, res) => res.send(adminPage(notes.where({ clientKey: req.context.clientKey }))));

  soundRoutes(parts);
}

module.exports = { routes };
