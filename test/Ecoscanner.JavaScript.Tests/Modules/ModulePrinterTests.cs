using System.Text;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Modules;

public sealed class ModulePrinterTests
{
    private static readonly ModuleGraph Graph = ModuleGraph.Of(
        new MemoryFiles(
            new Dictionary<string, string>
            {
                ["src/index.js"] =
                    "import Resolver from '@forge/resolver';\nexport { handler } from './resolvers';\nexport * from './triggers';\nexport { gone } from './gone';\n",
                ["src/resolvers/index.js"] =
                    "import fs from 'node:fs';\nimport '../style.css';\nconst r = new (require('./lib'))();\nexport const handler = r.define();\n",
                ["src/resolvers/lib.cjs"] = "exports.lost = 1;\nmodule.exports = class { static make() {} };\nmodule.exports.data = require('../data.json');\n",
                ["src/triggers.ts"] =
                    "import type { T } from './types';\nexport * from './a';\nexport * from './b';\nexport const load = (n: T) => import(`./${n}.js`);\n",
                ["src/a.ts"] = "export const both = 1, one = 2;\nexport default both;\n",
                ["src/b.ts"] = "export const both = 1, two = ;\n",
                ["src/types.ts"] = "export type T = string;\nexport { x } from './circle';\n",
                ["src/circle.ts"] = "export { x } from './types';\n",
                ["src/made.js"] = "exports.__esModule = true;\nexports[name] = 1;\nObject.assign(exports, make());\n",
                ["src/data.json"] = "{\"a\": 1, \"\u202eb\": 2}",
                ["src/style.css"] = "",
            }
        )
    );

    [Fact]
    public void People_read_where_everything_is() => Golden.Matches(ModulePrinter.Text(Graph), ".txt");

    [Fact]
    public void Programs_read_JSON()
    {
        using var json = new MemoryStream();
        ModulePrinter.WriteJson(Graph, json);
        Golden.Matches(Encoding.UTF8.GetString(json.ToArray()).Replace("},{", "},\n{", StringComparison.Ordinal), ".json");
    }

    [Fact]
    public void Graphviz_draws_it() => Golden.Matches(ModulePrinter.Dot(Graph), ".dot");
}
