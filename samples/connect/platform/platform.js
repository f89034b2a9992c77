// Plays Atlassian for the samples: the key server, the sites the apps are installed on, and what the sites say about their users.
const crypto = require("node:crypto");
const http = require("node:http");
const { once } = require("node:events");
const jwt = require("atlassian-jwt");

const largestBody = 64 * 1024;

class Platform {
  key = makeKey();
  #sites = new Map();
  #server = http.createServer((request, response) => this.#answer(request, response));

  static async start() {
    const platform = new Platform();
    platform.#server.listen(0, "127.0.0.1");
    await once(platform.#server, "listening");
    return platform;
  }

  get host() {
    return "127.0.0.1";
  }

  get origin() {
    return `http://${this.host}:${this.#server.address().port}`;
  }

  // Where Connect Express fetches public keys by their id.
  get keysUrl() {
    return `${this.origin}/keys`;
  }

  // A disposable customer with an administrator and an ordinary user.
  makeSite() {
    const id = crypto.randomUUID();
    const site = {
      baseUrl: `${this.origin}/sites/${id}`,
      clientKey: id,
      sharedSecret: crypto.randomBytes(48).toString("base64url"),
      adminAccountId: accountId(),
      userAccountId: accountId(),
    };
    this.#sites.set(id, site);
    return site;
  }

  async close() {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }

  async #answer(request, response) {
    const [, place, id, ...rest] = new URL(request.url, this.origin).pathname.split("/");
    if (request.method === "GET" && place === "keys" && id === this.key.id) {
      return response.setHeader("Content-Type", "application/x-pem-file").end(this.key.publicPem);
    }

    const site = place === "sites" ? this.#sites.get(id) : undefined;
    const path = `/${rest.join("/")}`;
    if (site && request.method === "POST" && path === "/rest/api/3/permissions/check") {
      return this.#checkPermissions(site, path, request, response);
    }

    // Never an empty body: Connect Express would ask a key server elsewhere.
    response.writeHead(404).end("Not found");
  }

  // Jira's "Check permissions": administrators hold every global permission, users hold none.
  async #checkPermissions(site, path, request, response) {
    if (!isSignedByApp(request, path, site)) {
      return response.writeHead(401).end("Unauthorized");
    }

    const asked = await readJson(request);
    const granted = asked?.accountId === site.adminAccountId ? (asked.globalPermissions ?? []) : [];
    response.setHeader("Content-Type", "application/json").end(JSON.stringify({ globalPermissions: granted, projectPermissions: [] }));
  }
}

function isSignedByApp(request, path, site) {
  try {
    const token = /^JWT (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const claims = jwt.decodeSymmetric(token, site.sharedSecret, jwt.SymmetricAlgorithm.HS256);
    return claims.qsh === jwt.createQueryStringHash(jwt.fromMethodAndUrl(request.method, path));
  } catch {
    return false;
  }
}

async function readJson(request) {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) {
    text += chunk;
    if (text.length > largestBody) {
      return undefined;
    }
  }

  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function makeKey() {
  const { publicKey, privateKey } = crypto.generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    id: crypto.randomUUID(),
    publicPem: publicKey.export({ type: "spki", format: "pem" }),
    privatePem: privateKey.export({ type: "pkcs8", format: "pem" }),
  };
}

const accountId = () => crypto.randomBytes(12).toString("hex");

module.exports = { Platform };
