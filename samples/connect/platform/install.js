// Installs a sample for two disposable tenants, the way Jira does, and leaves a note in each.
const crypto = require("node:crypto");
const { request } = require("./request");
const { installToken, tenantToken } = require("./tokens");

const issues = { first: "10001", second: "20002" };

// app: { key, origin }. Gives the tenant file that a scan reads its credentials from.
async function install(app, platform, trust) {
  const first = await installFor(platform.makeSite(), issues.first);
  const second = await installFor(platform.makeSite(), issues.second);
  return {
    app: app.key,
    host: new URL(app.origin).hostname,
    clientKey: first.site.clientKey,
    sharedSecret: first.site.sharedSecret,
    adminAccountId: first.site.adminAccountId,
    userAccountId: first.site.userAccountId,
    context: { "issue.id": issues.first },
    second: {
      clientKey: second.site.clientKey,
      sharedSecret: second.site.sharedSecret,
      planted: [
        { path: "/notes", marker: second.marker },
        { path: `/panel?issue=${issues.second}`, marker: second.marker },
        { path: "/api/notes", marker: second.marker },
      ],
    },
  };

  async function installFor(site, issue) {
    const post = async (path, token, body) => {
      const status = await request(app.origin + path, { method: "POST", token, body, trust });
      if (status < 200 || status > 299) {
        throw new Error(`${app.key} answered ${status} to ${path}; see what its app.js does there`);
      }
    };

    const account = { ...site, accountId: site.adminAccountId };
    const asAtlassian = { ...account, baseUrl: app.origin, key: platform.key };
    const payload = {
      key: app.key,
      clientKey: site.clientKey,
      cloudId: site.clientKey,
      sharedSecret: site.sharedSecret,
      baseUrl: site.baseUrl,
      productType: "jira",
      description: "Sample site",
    };
    await post("/installed", installToken(asAtlassian, "POST", "/installed"), { ...payload, eventType: "installed" });
    await post("/enabled", tenantToken(account, "POST", "/enabled"), { ...payload, sharedSecret: undefined, eventType: "enabled" });

    const marker = `planted-${crypto.randomBytes(12).toString("hex")}`;
    await post("/api/notes", tenantToken(account, "POST", "/api/notes"), { issue, text: marker });
    return { site, marker };
  }
}

module.exports = { install };
