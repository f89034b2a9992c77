const { page } = require("../../shared/pages");
const { soundRoutes } = require("../../shared/sound-routes");

function routes(parts) {
  // No flaw: help is for everyone, and shows nobody's data.
  parts.app.get("/help", (req, res) => res.send(page("How to write a note", "<p>Open an issue and look to the right.</p>")));

  soundRoutes(parts);
}

module.exports = { routes };
