const { page } = require("../../shared/pages");
const { soundRoutes } = require("../../shared/sound-routes");

// No flaw: a browser without a token is sent to a login page.
const config = { expressErrorHandling: true };

function lastRoutes(app) {
  app.get("/login", (req, res) => res.send(page("Log in", "<p>Open the app from Jira.</p>")));
  app.use((error, req, res, next) => (req.method === "GET" ? res.redirect("/login") : res.status(error.code ?? error.status ?? 500).end()));
}

module.exports = { routes: soundRoutes, config, lastRoutes };
