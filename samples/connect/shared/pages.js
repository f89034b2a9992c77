// What the samples show. Who may see it is decided by the middleware before.
const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = text => String(text).replace(/[&<>"']/g, character => entities[character]);

const page = (title, body) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>
<body>
<h1>${escapeHtml(title)}</h1>
${body}
</body>
</html>
`;

const notesPage = (title, notes) =>
  page(
    title,
    notes.length === 0
      ? "<p>Nobody wrote a note yet.</p>"
      : `<ul>\n${notes.map(note => `<li>${escapeHtml(note.issue)}: ${escapeHtml(note.text)}</li>`).join("\n")}\n</ul>`
  );

const adminPage = notes =>
  page(
    "Notes: administration",
    `<p>${notes.length} notes are kept for this site.</p>
<form method="post"><label>Keep notes for <input name="days" value="365"> days</label> <button>Save</button></form>`
  );

module.exports = { page, notesPage, adminPage };
