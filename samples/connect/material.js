// Certificates of a run: a root, a leaf for localhost and one for another name.
const fs = require("node:fs");
const path = require("node:path");
const { execFileSync } = require("node:child_process");

const leaves = { localhost: "DNS:localhost,IP:127.0.0.1", "wrong-name": "DNS:wrong-name.example" };

// For a person who runs start.js alone; the ecoscanner command makes the same files by itself.
function makeMaterial(folder) {
  const openssl = (...args) => execFileSync("openssl", args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  try {
    openssl(..."req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -days 90 -subj".split(" "), "/CN=Ecoscanner samples root");
    for (const [name, names] of Object.entries(leaves)) {
      fs.writeFileSync(path.join(folder, `${name}.ext`), `basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName=${names}\n`);
      openssl(..."req -newkey rsa:2048 -nodes".split(" "), "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`);
      const files = ["-in", `${name}.csr`, "-out", `${name}.pem`, "-extfile", `${name}.ext`];
      openssl(..."x509 -req -CA root.pem -CAkey root.key -CAcreateserial -days 90".split(" "), ...files);
    }
  } catch (error) {
    throw new Error(`openssl could not make certificates in ${folder}: ${error.message.split("\n")[0]}; start the samples with the ecoscanner command instead`);
  }
}

module.exports = { makeMaterial };
