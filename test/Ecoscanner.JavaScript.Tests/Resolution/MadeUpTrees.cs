namespace Ecoscanner.JavaScript.Tests.Resolution;

/// <summary>A tree of files, and specifiers to resolve from some of them.</summary>
internal sealed record MadeUpTree(IReadOnlyDictionary<string, string> Files, IReadOnlyList<string> From, IReadOnlyList<string> Specifiers);

/// <summary>Small trees, each about one rule.</summary>
internal static class MadeUpTrees
{
    private static readonly Dictionary<string, MadeUpTree> Trees = new()
    {
        ["extensions"] = new(
            Empty(
                """
                src/a.ts src/b.tsx src/c.js src/d.jsx src/e.mts src/f.cts src/g.mjs src/h.cjs src/i.d.ts src/i.js src/j.ts src/j.js src/k.d.ts
                src/l.json src/m.d.json.ts src/m.json src/n/index.ts src/n.js src/o/index.jsx src/p.css src/p.d.css.ts src/q.css.ts
                src/r.ts/index.ts src/s.test.ts src/t.d.mts src/t.mjs src/u.test.js.ts src/v/index.json src/index.ts index.js src/w.svg main.mts
                main.cts
                """
            ),
            ["src/main.ts", "main.mts", "main.cts", "src/n/deep.ts"],
            Words(
                """
                ./a ./a.js ./a.ts ./a.jsx ./a.mjs ./b ./b.js ./b.jsx ./b.tsx ./c ./c.js ./c.ts ./c.jsx ./d ./d.js ./d.jsx ./e ./e.mjs ./e.mts
                ./e.js ./f ./f.cjs ./f.cts ./g ./g.mjs ./h.cjs ./i ./i.js ./i.d.ts ./j ./j.js ./k ./k.js ./l ./l.json ./m.json ./n ./n/ ./n/index
                ./n/index.js ./o ./p.css ./q.css ./r ./r.ts ./s.test ./t.mjs ./t.mts ./u.test.js ./v . ./ .. ../ ./w.svg ./src/a ./src/a.js ./src
                ../a ../../a ../../../../a ./src/../src/a .//a ./a/ ./n/../a ./constructor ./. ./n/. ./n/..
                """
            )
        ),
        ["paths"] = new(
            new Dictionary<string, string>
            {
                ["tsconfig.json"] = """
                { // comments and trailing commas are allowed
                  "extends": ["./config/first", "./config/second.json"],
                  "compilerOptions": { "moduleSuffixes": [".ios", ""], },
                }
                """,
                ["config/first.json"] = """{"compilerOptions": {"baseUrl": "../wrong", "rootDirs": ["../src", "../generated"]}}""",
                ["config/second.json"] = """
                {"extends": "./third.json", "compilerOptions": {"baseUrl": "../src", "paths": {
                  "@/*": ["*", "../generated/*"], "@lib/*": ["lib/*.ts"], "@lib/special/*": ["special/*"], "exact": ["lib/one.ts"], "data": ["data.json"], "two*stars*": ["lib/one"],
                  "prefix-*-suffix": ["lib/*"], "*.css": ["styles/*.ts"], "gone": ["nowhere"], "typed": ["types.d.ts"], "folder": ["lib/"], "up/*": ["../../../*"], "lib2/*": ["missing/*", "lib/*"]
                }}}
                """,
                ["config/third.json"] = """{"compilerOptions": {"paths": {"never": ["lib/one.ts"]}}}""",
            }.And(
                Empty(
                    """
                    src/lib/one.ts src/lib/two.ios.ts src/lib/two.ts src/lib/index.ts src/special/one.ts src/data.json src/styles/a.ts src/types.d.ts
                    src/types.js src/util/index.ts generated/made.ts generated/lib/three.ts src/never.ts src/lib/x.native.ts node_modules/gone/index.js
                    node_modules/pack/index.js src/pack2.ts node_modules/pack2/index.js
                    """
                )
            ),
            ["src/main.ts", "generated/main.ts", "src/lib/deep/main.ts"],
            Words(
                """
                @/lib/one @/made @/lib @/lib/ @/missing @lib/one @lib/special/one @lib/special/two exact exact/one data two1stars2
                prefix-one-suffix a.css gone typed folder up/secret lib2/one never lib/one lib/one.js lib util util/ pack pack2 types ./made
                ./lib/three ./lib/two ./lib/two.js ../three ../lib/three ./x.native ./lib/one ../../made ../made @/ @
                """
            )
        ),
        ["packages"] = new(
            new Dictionary<string, string>
            {
                ["package.json"] = """
                {"name": "own", "type": "module", "exports": {".": "./src/index.ts", "./sub/*": "./src/sub/*.ts", "./gone": "./dist/gone.js"},
                 "imports": {"#one": "./src/one.ts", "#sub/*": "./src/sub/*.ts", "#node": {"node": "./src/node.ts", "default": "./src/one.ts"}, "#pack": "main-js", "#pack/*": "conditions/*",
                             "#private": null, "#list": [null, "./src/gone.ts", "./src/one.ts"], "#up": "../up.ts", "#self": "own/sub/a", "#/slash": "./src/one.ts"}}
                """,
                ["node_modules/main-js/package.json"] = """{"main": "lib/main", "types": "types/main.d.ts"}""",
                ["node_modules/main-dir/package.json"] = """{"main": "./lib/"}""",
                ["node_modules/main-gone/package.json"] = """{"main": "dist/gone.js"}""",
                ["node_modules/garbage/package.json"] = """{"main": """,
                ["node_modules/module-only/package.json"] = """{"module": "esm.js"}""",
                ["node_modules/types-only/package.json"] = """{"types": "./index.d.ts"}""",
                ["node_modules/typings/package.json"] = """{"typings": "a.d.ts", "types": "b.d.ts", "main": "c.js"}""",
                ["node_modules/versioned/package.json"] =
                    """{"main": "index.js", "types": "index.d.ts", "typesVersions": {"<=3.9": {"*": ["old/*"]}, ">=4.2": {"*": ["new/*"]}}}""",
                ["node_modules/esm/package.json"] = """{"type": "module", "main": "main.js"}""",
                ["node_modules/esm-no-main/package.json"] = """{"type": "module"}""",
                ["node_modules/string/package.json"] = """{"exports": "./main.js", "main": "other.js"}""",
                ["node_modules/conditions/package.json"] = """
                {"exports": {
                  ".": {"types": "./types.d.ts", "import": "./import.mjs", "require": "./require.cjs", "default": "./default.js"},
                  "./nested": {"node": {"import": "./node-import.mjs", "require": null}, "default": "./default.js"},
                  "./null": null, "./list": ["./gone.js", {"require": "./require.cjs"}, "./default.js"],
                  "./features/*": "./src/features/*.js", "./features/*/deep": "./src/deep/*.js", "./features/private/*": null, "./x-*-y": "./src/*/*.js",
                  "./folder/": "./src/folder/", "./ext/*.js": "./src/features/*.js", "./ts": "./src/ts.ts", "./tsx-as-js": "./src/tsx.js", "./escape": "./../main-js/lib/main.js", "./modules": "./node_modules/x.js", "./bare": "main-js",
                  "./json": "./data.json", "./noext": "./src/noext", "./dir": "./src", "./versions": {"types@>=5": "./types5.d.ts", "types": "./types.d.ts", "default": "./default.js"}, "./empty": [], "./number": 1
                }}
                """,
                ["node_modules/sugar/package.json"] = """{"exports": {"import": "./i.mjs", "require": "./r.cjs"}}""",
                ["node_modules/mixed/package.json"] = """{"exports": {".": "./a.js", "import": "./b.js"}}""",
                ["node_modules/inner/package.json"] = """{"main": "index.js"}""",
                ["node_modules/inner/sub/package.json"] = """{"main": "../lib/sub.js", "types": "../lib/sub.d.ts"}""",
                ["node_modules/@scope/one/package.json"] = """{"main": "one.js"}""",
                ["node_modules/@types/untyped/package.json"] = """{"types": "index.d.ts"}""",
                ["node_modules/@types/scope__one/package.json"] = """{"types": "index.d.ts"}""",
                ["nested/package.json"] = """{"name": "nested"}""",
            }.And(
                Empty(
                    """
                    src/index.ts src/one.ts src/node.ts src/sub/a.ts src/main.ts src/old.cts nested/main.ts nested/node_modules/main-js/index.d.ts
                    nested/node_modules/local.js node_modules/file.js node_modules/file.ts node_modules/main-js/lib/main.js
                    node_modules/main-js/types/main.d.ts node_modules/main-js/deep.js node_modules/main-js/deep.d.ts node_modules/main-js/dir/index.js
                    node_modules/main-dir/lib/index.js node_modules/main-gone/index.js node_modules/garbage/index.js node_modules/module-only/esm.js
                    node_modules/types-only/index.d.ts node_modules/typings/a.d.ts node_modules/typings/b.d.ts node_modules/typings/c.js
                    node_modules/versioned/index.js node_modules/versioned/index.d.ts node_modules/versioned/new/index.d.ts
                    node_modules/versioned/new/sub.d.ts node_modules/versioned/sub.d.ts node_modules/versioned/sub.js node_modules/esm/main.js
                    node_modules/esm/sub/index.js node_modules/esm-no-main/index.js node_modules/string/main.js node_modules/string/main.d.ts
                    node_modules/string/other.js node_modules/conditions/types.d.ts node_modules/conditions/types5.d.ts
                    node_modules/conditions/import.mjs node_modules/conditions/require.cjs node_modules/conditions/default.js
                    node_modules/conditions/node-import.mjs node_modules/conditions/src/features/a.js node_modules/conditions/src/features/a.d.ts
                    node_modules/conditions/src/features/private/b.js node_modules/conditions/src/features/b/c.js node_modules/conditions/src/deep/a.js
                    node_modules/conditions/src/a/a.js node_modules/conditions/src/folder/a.js node_modules/conditions/src/ts.ts
                    node_modules/conditions/src/tsx.tsx node_modules/conditions/data.json node_modules/conditions/src/noext.js
                    node_modules/conditions/src/index.js node_modules/conditions/node_modules/x.js node_modules/sugar/i.mjs node_modules/sugar/r.cjs
                    node_modules/mixed/a.js node_modules/inner/index.js node_modules/inner/lib/sub.js node_modules/inner/lib/sub.d.ts
                    node_modules/@scope/one/one.js node_modules/@scope/one/two.js node_modules/@types/untyped/index.d.ts
                    node_modules/@types/untyped/sub.d.ts node_modules/untyped/index.js node_modules/untyped/sub.js
                    node_modules/@types/scope__one/index.d.ts node_modules/no-manifest/index.js node_modules/no-manifest/lib/a.ts
                    """
                )
            ),
            ["src/main.ts", "src/old.cts", "nested/main.ts", "node_modules/main-js/lib/main.js", "node_modules/esm/main.js"],
            [
                "",
                .. Words(
                    """
                    own own/sub/a own/gone own/missing #one #sub/a #node #pack #pack/ts #private #list #up #self #/slash # #missing main-js
                    main-js/deep main-js/deep.js main-js/dir main-js/gone main-js/ main-js/package.json main-dir main-gone garbage module-only
                    types-only typings versioned versioned/sub esm esm/sub esm/sub/index.js esm/sub/index esm-no-main string string/main.js conditions
                    conditions/nested conditions/null conditions/list conditions/features/a conditions/features/a/deep conditions/features/b/c
                    conditions/features/private/b conditions/x-a-y conditions/folder/a.js conditions/folder/a conditions/ext/a.js conditions/ts
                    conditions/tsx-as-js conditions/escape conditions/modules conditions/bare conditions/json conditions/noext conditions/dir
                    conditions/versions conditions/empty conditions/number conditions/features/../features/a conditions/package.json
                    conditions/features/ sugar sugar/i.mjs mixed inner inner/sub inner/lib/sub @scope/one @scope/one/two @scope @scope/ untyped
                    untyped/sub local file no-manifest no-manifest/lib/a no-manifest/lib/a.js nested missing missing/sub ../main-js ./gone node:fs
                    https://example.com/a.js
                    """
                ),
            ]
        ),
    };

    public static TheoryData<string> Names => [.. Trees.Keys];

    public static MadeUpTree Named(string name) => Trees[name];

    private static Dictionary<string, string> Empty(string names) =>
        Words(names).ToDictionary(name => name, name => name.EndsWith(".json", StringComparison.Ordinal) ? "{}" : "export {};");

    private static string[] Words(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static Dictionary<string, string> And(this Dictionary<string, string> some, Dictionary<string, string> more) => new(some.Concat(more));
}
