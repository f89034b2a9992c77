const { page } = require("../../shared/pages");
const { soundRoutes } = require("../../shared/sound-routes");

// No flaw: a path that does not exist answers 200, but what exists is protected.
const lastRoutes = app => app.use((req, res) => res.send(page("Nothing here", "<p>Try the menu.</p>")));

module.exports = { routes: soundRoutes, lastRoutes };
