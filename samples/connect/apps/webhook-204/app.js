const { claimsOf } = require("../../shared/own-authentication");
const { soundRoutes } = require("../../shared/sound-routes");

function routes(parts) {
  const { app, addon, notes } = parts;
  // No flaw: Jira gets its answer at once, and what is not signed is dropped afterwards.
  app.post("/webhooks/issue-deleted", (req, res) => {
    res.status(204).end();
    const remove = ({ iss }) => notes.remove({ clientKey: iss, issue: req.body.issue?.id });
    claimsOf(addon, req).then(remove, () => {});
  });

  soundRoutes(parts);
}

module.exports = { routes };
