const { page } = require("../../shared/pages");
const { soundRoutes } = require("../../shared/sound-routes");

// No flaw: every page is the same static shell, which fetches what it shows from an API that is protected.
const shell = page(
  "Notes",
  `<main id="notes"></main>
<script src="https://connect-cdn.atl-paas.net/all.js"></script>
<script>
AP.context.getToken(async token => {
  const answer = await fetch("/api/notes", { headers: { Authorization: "JWT " + token } });
  document.getElementById("notes").textContent = (await answer.json()).map(note => note.text).join(", ");
});
</script>`
);

function routes(parts) {
  parts.app.get(["/notes", "/panel", "/admin"], (req, res) => res.send(shell));
  soundRoutes(parts);
}

// The browser's router knows the rest.
const lastRoutes = app => app.get("*", (req, res) => res.send(shell));

module.exports = { routes, lastRoutes };
