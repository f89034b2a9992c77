// Serves one sample on a free port of the loopback, the way Atlassian's template app is put together.
const fs = require("node:fs");
const http = require("node:http");
const https = require("node:https");
const path = require("node:path");
const { once } = require("node:events");
const express = require("express");
const connect = require("atlassian-connect-express");
const { MemoryStore } = require("./memory-store");
const { Notes } = require("./notes");

const oneYear = "max-age=31536000; includeSubDomains";
// Mozilla's intermediate recommendation; Node's own choice is wider.
const soundTls = {
  minVersion: "TLSv1.2",
  ciphers: [
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-RSA-CHACHA20-POLY1305",
  ].join(":"),
};
const quiet = { info() {}, warn() {}, error() {} };

connect.store.register("memory", () => new MemoryStore());

// sample: what an app.js exports; see README.md.
// material: the folder of certificates and keys. platformHost: the only host that may install the app.
async function serve(name, sample, { material, platformHost }) {
  const folder = path.join(__dirname, "../apps", name);
  const app = express();
  const server = listener(sample, material, app);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const scheme = sample.plainHttp ? "http" : "https";
  const origin = `${scheme}://localhost:${server.address().port}`;
  const addon = await assemble(app, folder, sample, {
    appKey: `ecoscanner-sample-${name}`,
    localBaseUrl: origin,
    whitelist: [platformHost],
    store: { adapter: "memory" },
    ...sample.config,
  });

  const close = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  };
  return { key: addon.key, origin, close };
}

function listener({ certificate = "localhost", tls, plainHttp }, material, app) {
  if (plainHttp) {
    return http.createServer(app);
  }

  const read = file => fs.readFileSync(path.join(material, file));
  return https.createServer({ ...soundTls, ...tls, cert: read(`${certificate}.pem`), key: read(`${certificate}.key`) }, app);
}

async function assemble(app, folder, sample, settings) {
  app.set("env", "production"); // no stack traces in answers, no watched files
  app.disable("x-powered-by");
  app.use(headers(sample));

  const addon = await new Promise(resolve => {
    // Connect Express reads its descriptor from the working folder, and only while it is made.
    const before = process.cwd();
    process.chdir(fs.existsSync(path.join(folder, "atlassian-connect.json")) ? folder : __dirname);
    const made = connect(app, { config: { production: settings } }, quiet, () => resolve(made));
    process.chdir(before);

    app.use(express.json(), express.urlencoded({ extended: false }), made.middleware());
    sample.routes({ app, addon: made, notes: new Notes() });
  });

  // After the routes that Connect Express adds by itself.
  sample.lastRoutes?.(app);
  app.use((error, req, res, next) => res.status(error.status ?? 500).json({ message: "The request could not be served." }));
  return addon;
}

function headers({ hsts = oneYear, plainHttp }) {
  return (req, res, next) => {
    if (hsts && !plainHttp) {
      res.set("Strict-Transport-Security", hsts);
    }
    res.set({ "Referrer-Policy": "strict-origin-when-cross-origin", "Cache-Control": "no-cache, no-store", "X-Content-Type-Options": "nosniff" });
    res.cookie("visited", "yes", { secure: true, httpOnly: true, sameSite: "none" }); // for the scanner to look at
    next();
  };
}

module.exports = { serve };
