using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Tests.Values;

/// <summary>A small app with something of everything that the printers say.</summary>
internal static class PrintedProgram
{
    public static ProgramValues Values { get; } =
        Of(
            new()
            {
                ["src/index.js"] = """
                import Resolver from '@forge/resolver';
                import api, { route } from "@forge/api";
                import { allowed, Client, hosts } from './lib';

                const resolver = new Resolver();
                let mode = "read";
                resolver.define('load', async ({ payload, context }) => {
                  const client = new Client(context.cloudId, mode);
                  const key = payload.key || "TEST-1";
                  if (!allowed(key)) throw new Error(`not ${key}`);
                  return client.get(route`/issue/${key}?mode=${mode}`, { method: "GET", retries: 3 });
                });
                hosts.map((host) => host.toUpperCase()).forEach(check);
                function check(host, unused = host ? 1 : 2n) {
                  mode = host.length > 9 ? "write" : mode;
                  return handlers[host](host), host;
                }
                const handlers = { a: check, get b() { return () => gone[mode](); } };
                export const handler = resolver.getDefinitions();
                """,
                ["src/lib.ts"] = """
                import api from '@forge/api';
                type Key = string;
                export class Client {
                  static count = next();
                  private last = Date.now();
                  constructor(readonly id: string, public mode: "read" | "write") { Client.count = next(); }
                  get url() { return `https://${this.id}.example.com/${this.mode}`; }
                  async get(path: string, options?: object) {
                    const answer = await api.asUser().requestJira(path, options);
                    return { url: this.url, body: await answer.json(), self: this };
                  }
                }
                function next() { return 1; }
                export const hosts = ["alpha", "beta", "gamma", "a\nb\"c", "\u001b[31mred", "\u202e", "::error::x", "h", "i", "j"];
                export const allowed = (key: Key) => key.startsWith("TEST-") && !hosts.includes(key);
                """,
                ["src/view.jsx"] = """
                import { Text, useState } from '@forge/ui';
                const Row = ({ label }) => <Text>{label}</Text>;
                export const View = () => {
                  const [value, setValue] = useState(() => "start");
                  return <Row label={value} onClick={() => setValue("next")} />;
                };
                """,
                ["src/dynamic.js"] = "export const run = (code) => eval(code);\n",
                ["src/broken.js"] = "const broken = 1 +;\nrun(broken);\n",
            }
        );

    public static ProgramValues Of(Dictionary<string, string> files) =>
        ProgramValues.Of(ModuleGraph.Of(new MemoryFiles(files), cancellation: TestContext.Current.CancellationToken));
}
