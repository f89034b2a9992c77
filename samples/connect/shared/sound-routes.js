// Everything as Atlassian asks for it. Express serves the first route that fits: a flawed sample declares its own before calling this.
// authenticate: what guards the pages.
const { notesPage, adminPage } = require("./pages");

function soundRoutes({ app, addon, notes, authenticate = addon.authenticate() }) {
  const mine = req => notes.where({ clientKey: req.context.clientKey });
  const onIssue = req => notes.where({ clientKey: req.context.clientKey, issue: req.query.issue });

  app.get("/notes", authenticate, (req, res) => res.send(notesPage("Notes", mine(req))));
  app.get("/panel", authenticate, (req, res) => res.send(notesPage("Notes on this issue", onIssue(req))));
  app.get("/admin", authenticate, addon.authorizeJira({ global: ["ADMINISTER"] }), (req, res) => res.send(adminPage(mine(req))));

  // Scripts in the pages call these with a context token, which is bound to no URL.
  app.get("/api/notes", addon.checkValidToken(), (req, res) => res.json(mine(req)));
  app.post("/api/notes", addon.checkValidToken(), (req, res) => {
    notes.add({ clientKey: req.context.clientKey, issue: String(req.body.issue), text: String(req.body.text) });
    res.status(201).end();
  });

  // Connect Express itself adds the routes of "installed" and of the webhooks.
  app.post("/uninstalled", addon.authenticateInstall(), async (req, res) => {
    await addon.settings.del("clientInfo", req.context.clientKey);
    notes.remove({ clientKey: req.context.clientKey });
    res.status(204).end();
  });
  app.post(["/enabled", "/disabled"], addon.authenticate(), (req, res) => res.status(204).end());
  addon.on("jira:issue_deleted", (event, body, req) => notes.remove({ clientKey: req.context.clientKey, issue: body.issue?.id }));
}

module.exports = { soundRoutes };
