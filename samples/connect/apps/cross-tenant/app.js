const { notesPage } = require("../../shared/pages");
const { soundRoutes } = require("../../shared/sound-routes");

function routes(parts) {
  const { app, addon, notes } = parts;
  // The flaw: "and clientKey = …" is missing; every site has an issue 10001.
  app.get("/panel", addon.authenticate(), (req, res) => res.send(notesPage("Notes on this issue", notes.where({ issue: req.query.issue }))));

  soundRoutes(parts);
}

module.exports = { routes };
