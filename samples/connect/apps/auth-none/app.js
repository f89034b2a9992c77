const { page } = require("../../shared/pages");

// The flaw stands in the descriptor: authentication none, so that no customer is known.
const routes = ({ app }) => app.get("/notes", (req, res) => res.send(page("Notes", "<p>Coming soon.</p>")));

module.exports = { routes, tenants: false };
