using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Modules;

public sealed class ModuleRecordTests
{
    [Theory]
    // ECMAScript.
    [InlineData("import './a'", "import ./a", "")]
    [InlineData("import d, { b as c, e } from './a'", "import ./a {default as d, b as c, e as e}", "")]
    [InlineData("import d, * as ns from './a'", "import ./a {default as d, * as ns}", "")]
    [InlineData("import { 'a-b' as c } from './a'", "import ./a {a-b as c}", "")]
    [InlineData("import type { T } from './a'; import { type U } from './b'", "type ./a {T as T}; import ./b {U as U}", "")]
    [InlineData("export { a as b } from './x'", "import ./x {a}", "b <- a of ./x")]
    [InlineData(
        "export { default } from './x'; export { default as d } from './x'",
        "import ./x {default}; import ./x {default}",
        "default <- default of ./x, d <- default of ./x"
    )]
    [InlineData("export * from './x'; export * as ns from './y'", "import ./x {*}; import ./y {*}", "* <- * of ./x, ns <- * of ./y")]
    [InlineData("export { 'a-b' as 'c d' } from './x'", "import ./x {a-b}", "c d <- a-b of ./x")]
    [InlineData("export type { T } from './x'; export type * from './y'", "type ./x {T}; type ./y {*}", "T <- T of ./x type, * <- * of ./y type")]
    [InlineData("import { handler } from './r'; export { handler as h }", "import ./r {handler as handler}", "h <- handler of ./r")]
    [InlineData("export { handler }; import { handler } from './r'", "import ./r {handler as handler}", "handler <- handler of ./r")]
    [InlineData("import r from './r'; export default r", "import ./r {default as r}", "default <- default of ./r")]
    [InlineData("import * as r from './r'; export { r }", "import ./r {* as r}", "r <- * of ./r")]
    [InlineData("export const a = 1, { b, c: [d = 2], ...e } = f", "", "a = VariableDeclarator a, b = Identifier b, d = Identifier d, e = Identifier e")]
    [InlineData(
        "export function f() {} export class C {} export async function* g() {}",
        "",
        "f = FunctionDeclaration f, C = ClassDeclaration C, g = FunctionDeclaration g"
    )]
    [InlineData("const f = () => {}; export { f, f as default }", "", "f = Identifier f, default = Identifier f")]
    [InlineData("export default function () {}", "", "default = FunctionDeclaration")]
    [InlineData("export default function f() {}", "", "default = FunctionDeclaration f")]
    [InlineData("export default class {}", "", "default = ClassDeclaration")]
    [InlineData("export default () => 1", "", "default = ArrowFunctionExpression")]
    [InlineData("const f = 1; export default f", "", "default = Identifier f")]
    [InlineData(
        "export enum E { A } export namespace N { export const a = 1 } export type T = 1; export interface I {}",
        "",
        "E = TSEnumDeclaration E, N = TSModuleDeclaration N, T = TSTypeAliasDeclaration T type, I = TSInterfaceDeclaration I type"
    )]
    [InlineData("class C {} export = C", "", "export= = Identifier C")]
    [InlineData("import x = require('./x'); export = x", "require ./x {* as x}", "export= <- module of ./x")]
    [InlineData("import * as n from './n'; import b = n.b; export { b }", "import ./n {* as n, b as b}", "b <- b of ./n")]
    [InlineData("export import x = require('./x')", "require ./x {* as x}", "x <- module of ./x")]
    [InlineData("type T = import('./t').A.B; let q: typeof import('./u')", "type ./t {A}; type ./u {*}", "")]
    [InlineData("declare module 'm' { export const a: 1; import b from 'b' }", "", "")]
    [InlineData("namespace N { export const a = 1 }", "", "")]
    // import().
    [InlineData("import('./a')", "dynamic ./a", "")]
    [InlineData("const { a, b: c } = await import('./a')", "dynamic ./a {a as a, b as c}", "")]
    [InlineData("import('./a').then(m => m.x); import('./b').then(({ y }) => y)", "dynamic ./a {* as m}; dynamic ./b {y as y}", "")]
    [InlineData("(await import('./a')).default", "dynamic ./a {default}", "")]
    [InlineData("import(`./x/${n}.js`); import('./y/' + n); import(n)", "dynamic ./x/*.js; dynamic ./y/*; dynamic *", "")]
    [InlineData("const p = './x'; import(p); import(`./${p}`)", "dynamic ./x; dynamic ././x", "")]
    // require.
    [InlineData("const a = require('./a')", "require ./a {* as a}", "")]
    [InlineData("const { b, c: d, e = 1, ...r } = require('./a')", "require ./a {b as b, c as d, e as e, *}", "")]
    [InlineData("const b = require('./a').b; require('./a').c()", "require ./a {b, b as b}; require ./a {c}", "")]
    [InlineData("let a; a = require('./a'); ({ b } = require('./b'))", "require ./a {* as a}; require ./b {b}", "")]
    [InlineData("const p = './x'; require(p); require('./' + 'y'); require(q)", "require ./x; require ./y; require *", "")]
    [InlineData("let p = './x'; p = './z'; require(p)", "require *", "")]
    [InlineData(
        "const path = require('path'); require(path.join(__dirname, 'lib', 'x')); require(__dirname + '/y')",
        "require path {* as path}; require ./lib/x; require ./y",
        ""
    )]
    [InlineData("function f(require) { require('./a') }", "", "")]
    [InlineData("const require = createRequire(import.meta.url); require('./a')", "require ./a", "")]
    [InlineData("module.require('./a')", "require ./a", "")]
    [InlineData("const { a } = await import('./a') as any; (require('./b') as B).c", "dynamic ./a {a as a}; require ./b", "")]
    // exports.
    [InlineData("exports.f = async () => {}", "", "f = ArrowFunctionExpression")]
    [InlineData("module.exports.f = f; function f() {}", "", "f = Identifier f")]
    [InlineData("exports['a-b'] = 1; exports[`c`] = 2", "", "a-b = NumericLiteral, c = NumericLiteral")]
    [InlineData(
        "module.exports = { a, b: c, d() {}, 'e': 1, get f() { return 1 } }; function a() {}",
        "",
        "a = Identifier a, b = Identifier, d = FunctionExpression, e = NumericLiteral, f = FunctionExpression"
    )]
    [InlineData("module.exports = { ...require('./x'), y: 1 }", "require ./x", "* <- module of ./x, y = NumericLiteral")]
    [InlineData(
        "const x = require('./x'); module.exports = { x, z: x.z, ...x }",
        "require ./x {* as x}",
        "x <- module of ./x, z <- z of ./x, * <- module of ./x"
    )]
    [InlineData("const o = { a: 1 }; module.exports = { ...o, b: 2 }", "", "a = NumericLiteral, b = NumericLiteral")]
    [InlineData("const o = { a: 1, ...o }; module.exports = o; o.b = 2", "", "a = NumericLiteral, export= = Identifier o, b = NumericLiteral")]
    [InlineData("module.exports = function f() {}; module.exports.g = 1", "", "export= = FunctionExpression, g = NumericLiteral")]
    [InlineData("module.exports = class { static make() {} run() {} }", "", "export= = ClassExpression, make = FunctionExpression")]
    [InlineData("class A { static b = 1 } module.exports = A; A.c = 2", "", "b = NumericLiteral, export= = Identifier A, c = NumericLiteral")]
    [InlineData("module.exports = require('./x')", "require ./x", "export= <- module of ./x")]
    [InlineData("module.exports = require('./x').y", "require ./x {y}", "export= <- y of ./x")]
    [InlineData(
        "if (p) module.exports = require('./a'); else module.exports = require('./b')",
        "require ./a; require ./b",
        "export= <- module of ./a, export= <- module of ./b"
    )]
    [InlineData("module.exports = p ? require('./a') : require('./b')", "require ./a; require ./b", "export= <- module of ./a, export= <- module of ./b")]
    [InlineData("exports = module.exports = f; exports.g = 1; function f() {}", "", "export= = Identifier f, g = NumericLiteral")]
    [InlineData("var app = exports = module.exports = {}; app.init = function () {}", "", "init = FunctionExpression")]
    [InlineData("const e = module.exports; e.f = 1; const m = exports; m.g = 2", "", "f = NumericLiteral, g = NumericLiteral")]
    [InlineData("exports.lost = 1; module.exports = { kept: 2 }", "", "kept = NumericLiteral")]
    [InlineData("Object.assign(exports, { a: 1 }, require('./x'))", "require ./x", "a = NumericLiteral, * <- module of ./x")]
    [InlineData("Object.assign(module.exports, { a: 1 })", "", "a = NumericLiteral")]
    [InlineData("module.exports = Object.assign({}, require('./x'), { a: 1 })", "require ./x", "* <- module of ./x, a = NumericLiteral")]
    [InlineData("module.exports = Object.freeze({ a: 1 })", "", "a = NumericLiteral")]
    [InlineData("Object.defineProperty(exports, 'x', { enumerable: true, get: function () { return y } }); let y", "", "x = Identifier y")]
    [InlineData(
        "Object.defineProperty(exports, 'x', { value: 1 }); Object.defineProperties(exports, { y: { get() { return 2 } } })",
        "",
        "x = NumericLiteral, y = NumericLiteral"
    )]
    [InlineData("function f(exports) { exports.a = 1 } const g = module => { module.exports = 1 }", "", "")]
    [InlineData(
        "import x from './x'; exports.run = x; module.exports.go = () => x",
        "import ./x {default as x}",
        "run <- default of ./x, go = ArrowFunctionExpression"
    )]
    public void A_form_is_read(string source, string requests, string exports)
    {
        var record = Read(source);
        Assert.Equal(requests, RequestsOf(record));
        Assert.Equal(exports, ExportsOf(record));
        Assert.DoesNotContain(record.Gaps, gap => gap.Kind == ModuleGapKind.Exports);
    }

    [Theory]
    // TypeScript.
    [InlineData(
        "Object.defineProperty(exports, '__esModule', { value: true }); exports.b = exports.a = void 0; exports.a = 1",
        "b = UnaryExpression, a = NumericLiteral"
    )]
    [InlineData("exports.__esModule = true; exports.default = f; function f() {}", "default = Identifier f")]
    [InlineData("Object.defineProperty(exports, '__esModule', { value: true }); __exportStar(require('./x'), exports)", "* <- module of ./x")]
    [InlineData(
        "Object.defineProperty(exports, '__esModule', { value: true }); const tslib_1 = require('tslib'); tslib_1.__exportStar(require('./x'), exports)",
        "* <- module of ./x"
    )]
    [InlineData(
        "exports.__esModule = true; function __export(m) { for (var p in m) if (!exports.hasOwnProperty(p)) exports[p] = m[p]; } __export(require('./x'))",
        "* <- module of ./x"
    )]
    [InlineData(
        "exports.__esModule = true; var x_1 = require('./x'); __createBinding(exports, x_1, 'a'); __createBinding(exports, x_1, 'b', 'c')",
        "a <- a of ./x, c <- b of ./x"
    )]
    [InlineData(
        "exports.__esModule = true; var x_1 = require('./x'); Object.defineProperty(exports, 'a', { enumerable: true, get: function () { return x_1.b; } })",
        "a <- b of ./x"
    )]
    [InlineData(
        "exports.__esModule = true; var x_1 = __importDefault(require('./x')); exports.a = x_1.default; exports.b = (0, x_1.default)",
        "a <- default of ./x, b <- default of ./x"
    )]
    [InlineData("exports.__esModule = true; exports.ns = __importStar(require('./x'))", "ns <- * of ./x")]
    [InlineData("exports.__esModule = true; var E; (function (E) { E[E['A'] = 0] = 'A' })(E || (exports.E = E = {}))", "E = ObjectExpression")]
    // Babel.
    [InlineData(
        "exports.__esModule = true; var _x = _interopRequireDefault(require('./x')); Object.defineProperty(exports, 'a', { get: function () { return _x.default } })",
        "a <- default of ./x"
    )]
    [InlineData(
        "exports.__esModule = true; var _x = require('./x'); Object.keys(_x).forEach(function (key) { if (key === 'default') return; Object.defineProperty(exports, key, { enumerable: true, get: function () { return _x[key]; } }); })",
        "* <- module of ./x"
    )]
    [InlineData(
        "exports.__esModule = true; var _x = require('./x'); Object.keys(_x).forEach(function (key) { exports[key] = _x[key]; })",
        "* <- module of ./x"
    )]
    // SWC.
    [InlineData(
        "exports.__esModule = true; function _export(target, all) { for (var name in all) Object.defineProperty(target, name, { get: all[name] }); } _export(exports, { a: function () { return a; }, b: () => _x.c }); let a; const _x = require('./x')",
        "a = Identifier a, b <- c of ./x"
    )]
    [InlineData("exports.__esModule = true; _export_star(require('./x'), exports)", "* <- module of ./x")]
    // esbuild.
    [InlineData(
        "var src_exports = {}; __export(src_exports, { a: () => a, d: () => b_default }); module.exports = __toCommonJS(src_exports); var a, b_default; 0 && (module.exports = { a, d })",
        "a = Identifier a, d = Identifier b_default, a = Identifier a, d = Identifier"
    )]
    [InlineData(
        "var src_exports = {}; module.exports = __toCommonJS(src_exports); __reExport(src_exports, require('./x'), module.exports)",
        "* <- module of ./x"
    )]
    // Parcel.
    [InlineData("$parcel$defineInteropFlag(module.exports); $parcel$export(module.exports, 'a', () => b); let b", "a = Identifier b")]
    // Rollup's UMD.
    [InlineData(
        "(function (global, factory) { typeof exports === 'object' ? factory(exports) : 0 })(this, function (exports) { exports.a = 1; Object.defineProperty(exports, '__esModule', { value: true }) })",
        "a = NumericLiteral"
    )]
    public void What_compilers_write_is_read(string source, string exports)
    {
        var record = Read(source);
        Assert.Equal(exports, ExportsOf(record));
        Assert.True(record.IsCompiled);
        Assert.DoesNotContain(record.Gaps, gap => gap.Kind == ModuleGapKind.Exports);
    }

    [Theory]
    [InlineData("exports[name] = 1", "It exports under a name that is worked out while running.")]
    [InlineData("module.exports = { [name]: 1 }", "It exports under a name that is worked out while running.")]
    [InlineData("module.exports = make()", "It is the result of a call, which may have any members.")]
    [InlineData("module.exports = new Thing()", "It is the result of a call, which may have any members.")]
    [InlineData("module.exports = { ...make() }", "It exports the members of the result of a call.")]
    [InlineData("function f(o) { module.exports = { ...o } }", "It exports the members of what \"o\" is when it runs.")]
    [InlineData("Object.assign(exports, other)", "It exports the members of what \"other\" is when it runs.")]
    [InlineData("__exportStar(other, exports)", "It exports the members of a value that is worked out while running.")]
    [InlineData("Object.defineProperty(exports, name, {})", "It exports under a name that is worked out while running.")]
    [InlineData("fill(exports)", "It gives its exports to a function, which may add more.")]
    [InlineData("function f(v) { module.exports = v }", "It exports the members of what \"v\" is when it runs.")]
    [InlineData("require(name)", "The module that is asked for is worked out while running.")]
    [InlineData("import(`./a/${name}`)", "Which of \"./a/*\" is asked for is worked out while running.")]
    public void What_can_not_be_known_is_said(string source, string reason) => Assert.Equal(reason, Assert.Single(Read(source).Gaps).Reason);

    [Theory]
    [InlineData("let a = 1", ModuleFormat.Script)]
    [InlineData("export {}", ModuleFormat.EcmaScript)]
    [InlineData("import 'a'", ModuleFormat.EcmaScript)]
    [InlineData("require('a')", ModuleFormat.CommonJs)]
    [InlineData("exports.a = 1", ModuleFormat.CommonJs)]
    [InlineData("import 'a'; module.exports = 1", ModuleFormat.Mixed)]
    public void The_format_is_told_by_what_stands_there(string source, ModuleFormat format) => Assert.Equal(format, Read(source).Format);

    private static ModuleRecord Read(string source) => ModuleRecord.Of(SemanticModel.Of(SyntaxTree.Parse(new SourceText(source, "a.ts"))));

    private static string RequestsOf(ModuleRecord record) =>
        string.Join(
            "; ",
            record.Requests.Select(request =>
            {
                var kind = request.Kind == ImportKind.DynamicImport ? "dynamic" : request.Kind.ToString().ToLowerInvariant();
                var names = record
                    .Imports.Where(entry => entry.Request == request)
                    .Select(entry => entry.Symbol.Exists ? $"{entry.Name} as {entry.Symbol.Name}" : entry.Name);
                return $"{kind} {request.Pattern}{(names.Any() ? $" {{{string.Join(", ", names)}}}" : "")}";
            })
        );

    private static string ExportsOf(ModuleRecord record) =>
        string.Join(
            ", ",
            record.Exports.Select(entry =>
                (
                    entry.From is { } from
                        ? $"{entry.Name} <- {(from.Part == ImportedPart.Module ? "module" : from.Name)} of {from.Request.Pattern}"
                        : $"{entry.Name} = {entry.Value.Kind}{(entry.Symbol.Exists ? " " + entry.Symbol.Name : "")}"
                ) + (entry.IsType ? " type" : "")
            )
        );
}
