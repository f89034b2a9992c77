const { notesPage } = require("../../shared/pages");
const { soundRoutes } = require("../../shared/sound-routes");

function routes({ app, addon, notes }) {
  // The flaw: no addon.authenticate(); written when there was one customer.
  const pilot = async criteria => {
    const [site] = await addon.settings.getAllClientInfos();
    return notes.where({ clientKey: site?.clientKey, ...criteria });
  };
  app.get("/notes", async (req, res) => res.send(notesPage("Notes", await pilot())));
  app.get("/panel", async (req, res) => res.send(notesPage("Notes on this issue", await pilot({ issue: req.query.issue }))));

  soundRoutes({ app, addon, notes });
}

module.exports = { routes };
