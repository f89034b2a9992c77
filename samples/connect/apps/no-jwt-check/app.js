const { notesPage } = require("../../shared/pages");
const { soundRoutes } = require("../../shared/sound-routes");

function routes(parts) {
  const { app, addon, notes } = parts;
  // The flaw: a token is checked only where there is one. Links in mails have none, and there was one customer when this was written.
  const authenticate = (req, res, next) => (req.query.jwt || req.get("Authorization") ? addon.authenticate()(req, res, next) : next());
  const site = async req => req.context.clientKey || (await addon.settings.getAllClientInfos())[0]?.clientKey;

  app.get("/notes", authenticate, async (req, res) => res.send(notesPage("Notes", notes.where({ clientKey: await site(req) }))));
  app.get("/panel", authenticate, async (req, res) =>
    res.send(notesPage("Notes on this issue", notes.where({ clientKey: await site(req), issue: req.query.issue })))
  );

  soundRoutes(parts);
}

module.exports = { routes };
