// Installs a sample for two disposable tenants, the way Jira does, and leaves a note in each.
const crypto = require("node:crypto");
const { request } = require("./request");
const { installToken, tenantToken } = require("./tokens");

const issues = { first: "10001", second: "20002" };

// app: { key, origin }. Gives the tenant file that a scan reads its credentials from.
async function install(app, platform, trust) {
  const first = await installFor(app, platform, trust, issues.first);
  const second = await installFor(app, platform, trust, issues.second);
  return {
    app: app.key,
    host: new URL(app.origin).hostname,
    clientKey: first.site.clientKey,
    sharedSecret: first.site.sharedSecret,
    adminAccountId: first.site.adminAccountId,
    userAccountId: first.site.userAccountId,
    context: { "issue.id": issues.first },
    planted: first.planted,
    second: {
      clientKey: second.site.clientKey,
      sharedSecret: second.site.sharedSecret,
      planted: second.planted,
    },
  };
}

async function installFor(app, platform, trust, issue) {
  const site = platform.makeSite();
  const marker = `planted-${crypto.randomBytes(12).toString("hex")}`;
  const signer = { ...site, accountId: site.adminAccountId };
  const asAtlassian = { ...signer, key: platform.key, baseUrl: app.origin };
  const payload = {
    key: app.key,
    clientKey: site.clientKey,
    cloudId: site.clientKey,
    baseUrl: site.baseUrl,
    productType: "jira",
    description: "Sample site",
  };

  const send = async (method, path, token, body) => {
    const { status, text } = await request(method, app.origin + path, { token, body, trust });
    if (status < 200 || status > 299) {
      throw new Error(`${app.key} answered ${status} to ${method} ${path}; see what its app.js does there`);
    }

    return text;
  };
  const sendSigned = (method, path, body) => send(method, path, tenantToken(signer, method, path), body);

  const secret = { sharedSecret: site.sharedSecret, eventType: "installed" };
  await send("POST", "/installed", installToken(asAtlassian, "POST", "/installed"), { ...payload, ...secret });
  await sendSigned("POST", "/enabled", { ...payload, eventType: "enabled" });
  await sendSigned("POST", "/api/notes", { issue, text: marker });

  // Where the note comes back when its own site asks.
  const planted = [];
  for (const path of ["/notes", `/panel?issue=${issue}`, "/api/notes"]) {
    if ((await sendSigned("GET", path)).includes(marker)) {
      planted.push({ path, marker });
    }
  }

  return { site, planted };
}

module.exports = { install };
