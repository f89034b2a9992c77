const http = require("node:http");
const https = require("node:https");

// Sends a request to a sample and gives the answer's status and text.
// The platform trusts the samples' root, and is blind to names: one sample serves another name's certificate.
function request(method, url, { token, body, trust }) {
  const { request: send } = url.startsWith("https:") ? https : http;
  const headers = { Authorization: `JWT ${token}`, "Content-Type": "application/json" };
  return new Promise((resolve, reject) => {
    send(url, { method, headers, ca: trust, checkServerIdentity: () => undefined }, answer => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", chunk => (text += chunk));
      answer.on("end", () => resolve({ status: answer.statusCode, text }));
    })
      .on("error", reject)
      .end(body && JSON.stringify(body));
  });
}

module.exports = { request };
