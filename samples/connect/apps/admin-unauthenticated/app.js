const { page } = require("../../shared/pages");
const { soundRoutes } = require("../../shared/sound-routes");

function routes(parts) {
  // The flaw: no middleware at all.
  parts.app.get("/admin", (req, res) => res.send(page("Notes: administration", "<p>Backups go to backup.internal, nightly.</p>")));

  soundRoutes(parts);
}

module.exports = { routes };
