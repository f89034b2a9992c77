// Starts the samples on the loopback: all of them, or those named. Prints a line of JSON for each, then {"ready":true};
// stops when its input closes or on SIGINT and SIGTERM.
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

process.noDeprecation = true; // Connect Express stands on old packages
process.setMaxListeners(0); // each Connect Express adds one
process.env.NODE_ENV = "production";
for (const name of Object.keys(process.env)) {
  // Settings of a developer's own Connect app, and proxies that would carry loopback requests away.
  if (/^AC_|^PORT$|_proxy$/i.test(name)) {
    delete process.env[name];
  }
}

const { Platform } = require("./platform/platform");
const { install } = require("./platform/install");
const { serve } = require("./shared/serve");
const { makeMaterial } = require("./material");

async function start(names) {
  const run = runFolder();
  const root = path.join(run, "root.pem");
  const platform = await Platform.start();
  process.env.CONNECT_KEYS_CDN_URL = platform.keysUrl;

  const servers = [];
  for (const name of names) {
    const sample = require(`./apps/${name}/app.js`);
    const server = await serve(name, sample, { material: run, platformHost: platform.host });
    servers.push(server);
    const tenant = sample.tenants === false ? null : path.join(run, `${name}.tenant.json`);
    if (tenant) {
      const credentials = await install(server, platform, fs.readFileSync(root));
      fs.writeFileSync(tenant, JSON.stringify(credentials, null, 2), { mode: 0o600 });
    }

    say({ name, key: server.key, descriptor: `${server.origin}/atlassian-connect.json`, origins: [server.origin], tenant, root });
  }

  say({ ready: true });
  return () => Promise.all([...servers, platform].map(server => server.close()));
}

// Certificates and tenants' credentials of this run, readable by this user only.
function runFolder() {
  if (process.env.SAMPLES_RUN_FOLDER) {
    return process.env.SAMPLES_RUN_FOLDER;
  }

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ecoscanner-samples-"));
  process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
  makeMaterial(folder);
  return folder;
}

function chosen(wanted) {
  const all = fs.readdirSync(path.join(__dirname, "apps")).sort();
  const unknown = wanted.find(name => !all.includes(name));
  if (unknown) {
    throw new Error(`there is no sample ${unknown}; there are ${all.join(", ")}`);
  }

  return wanted.length > 0 ? wanted : all;
}

const say = line => process.stdout.write(`${JSON.stringify(line)}\n`);

async function main() {
  const stop = await start(chosen(process.argv.slice(2)));
  let stopping = false;
  const end = async () => {
    if (!stopping) {
      stopping = true;
      await stop();
      process.exit(0);
    }
  };
  process.once("SIGINT", end).once("SIGTERM", end);
  process.stdin.on("end", end).on("error", end).resume();
}

main().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
