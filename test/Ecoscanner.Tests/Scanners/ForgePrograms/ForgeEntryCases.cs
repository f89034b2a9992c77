namespace Ecoscanner.Tests.Scanners.ForgePrograms;

/// <summary>Small apps, whose handler is <c>index.run</c>, each with its entries: the key, the functions, and why not all is known.</summary>
internal static class ForgeEntryCases
{
    public static IEnumerable<(string Name, string Sources, string Entries)> All =>
        Text.Split("\n====", StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('\n', 2))
            .Select(part => (part[0].Trim(), part[1].Split("\n--> ")[0], part[1].Split("\n--> ")[1].Trim()));

    private const string Text = """

        ==== a function declaration
        export function run() {}
        --> : run
        ==== an asynchronous arrow function
        export const run = async (event) => event;
        --> : run
        ==== an export list
        async function run() {}
        export { run };
        --> : run
        ==== an export list with another name
        const main = async () => {};
        export { main as run };
        --> : main
        ==== an imported function in an export list
        import { main } from './main';
        export { main as run };
        @ src/main.js
        export const main = () => {};
        --> : main
        ==== a re-export, as the template has it
        export { run } from './resolvers';
        @ src/resolvers/index.js
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        resolver.define('getText', (req) => 'Hello');
        export const run = resolver.getDefinitions();
        --> getText: anonymous
        ==== a star
        export * from './a';
        export * from './b';
        @ src/a.ts
        export const other = () => {};
        @ src/b.ts
        export async function run(): Promise<void> {}
        --> : run
        ==== re-exports of re-exports
        export { run } from './a';
        @ src/a.ts
        export { default as run } from './b';
        @ src/b.tsx
        export default function main() {}
        --> : main
        ==== a member of a namespace
        import * as handlers from './a';
        export const run = handlers.main;
        @ src/a.js
        export function main() {}
        --> : main
        ==== exports.x = arrow
        exports.run = async () => {};
        --> : run
        ==== exports.x = function
        exports.run = function main() {};
        --> : main
        ==== module.exports.x
        module.exports.run = async () => {};
        --> : run
        ==== module.exports = {}
        const run = async () => {};
        module.exports = { run };
        --> : run
        ==== module.exports = {} with a method
        module.exports = { async run(event) { return event; } };
        --> : run
        ==== module.exports = {...require()}
        module.exports = { ...require('./a') };
        @ src/a.js
        exports.run = () => {};
        --> : run
        ==== module.exports = require()
        module.exports = require('./a');
        @ src/a.js
        module.exports = { run: function main() {} };
        --> : main
        ==== what a compiler makes of a module
        "use strict";
        Object.defineProperty(exports, "__esModule", { value: true });
        exports.run = void 0;
        const a_1 = require("./a");
        exports.run = a_1.main;
        @ src/a.js
        "use strict";
        Object.defineProperty(exports, "__esModule", { value: true });
        exports.main = main;
        function main() {}
        --> : main
        ==== an instance as module.exports
        class Api { run() {} }
        module.exports = new Api();
        --> : Api.run
        ==== static methods as module.exports
        module.exports = class Api { static run() {} };
        --> : Api.static run
        ==== a static method
        class Api { static main() {} }
        export const run = Api.main;
        --> : Api.static main
        ==== a method of an instance
        class Api { main() {} }
        const api = new Api();
        export const run = (event) => api.main(event);
        --> : run
        ==== a bound method
        class Api { main() {} }
        const api = new Api();
        export const run = api.main.bind(api);
        --> : Api.main
        ==== a wrapper of the app
        const wrap = (fn) => async (...args) => fn(...args);
        export const run = wrap(async () => {});
        --> : anonymous
        ==== a wrapper that gives back what it is given
        const named = (name, fn) => { fn.title = name; return fn; };
        export const run = named('x', function main() {});
        --> : main
        ==== a wrapper of a package
        import * as Sentry from '@sentry/node';
        export const run = Sentry.wrap(async function main() {});
        --> : main
        ==== wrappers of packages around each other
        import { a } from 'a';
        import { b } from 'b';
        function main() {}
        export const run = a(b(main, { retries: 3 }));
        --> : main
        ==== a chain of a package
        import middy from '@middy/core';
        const main = async () => {};
        export const run = middy(main).use({ before: function check() {} });
        --> : check,main
        ==== one of two functions
        const run = process.env.NEW ? function one() {} : function two() {};
        export { run };
        --> : one,two
        ==== a variable that is set later
        export let run;
        run = function main() {};
        --> : main
        ==== an assertion of TypeScript
        export const run = (async () => {}) as unknown as Handler;
        --> : anonymous
        ==== UI Kit 1
        import ForgeUI, { render, Fragment, Macro } from '@forge/ui';
        const App = () => <Fragment/>;
        export const run = render(<Macro app={<App />} />);
        --> : App View
        ==== functions by name
        import Resolver from '@forge/resolver';
        import { a, b as renamed } from './a';
        const resolver = new Resolver();
        resolver.define('a', a);
        resolver.define('b', renamed);
        export const run = resolver.getDefinitions();
        @ src/a.js
        export const a = async () => {};
        export function b() {}
        --> a: a | b: b
        ==== methods, bound and not
        import Resolver from '@forge/resolver';
        class Api { constructor() { this.x = 1; } one() {} two() {} static three() {} }
        const api = new Api();
        const resolver = new Resolver();
        resolver.define('1', api.one);
        resolver.define('2', api.two.bind(api));
        resolver.define('3', Api.three);
        export const run = resolver.getDefinitions();
        --> 1: Api.one | 2: Api.two | 3: Api.static three
        ==== wrapped functions
        import Resolver from '@forge/resolver';
        import { track } from 'tracker';
        import { guarded } from './guard';
        const resolver = new Resolver();
        resolver.define('a', track('a', function a() {}));
        resolver.define('b', track('b', function b() {}));
        resolver.define('c', guarded(function c() {}));
        export const run = resolver.getDefinitions();
        @ src/guard.js
        export function guarded(fn) { return function inner(req) { return fn(req); }; }
        --> a: a | b: b | c: inner
        ==== a chain of definitions
        import Resolver from '@forge/resolver';
        export const run = new Resolver().define('a', function a() {}).define('b', function b() {}).getDefinitions();
        --> a: a | b: b
        ==== constant keys
        import Resolver from '@forge/resolver';
        import { Keys } from './keys';
        const PREFIX = 'x';
        const resolver = new Resolver();
        resolver.define(Keys.One, function one() {});
        resolver.define(`${PREFIX}/two`, function two() {});
        export const run = resolver.getDefinitions();
        @ src/keys.ts
        export enum Keys { One = 'one', Two = 'two' }
        --> one: one | x/two: two
        ==== Object.entries
        import Resolver from '@forge/resolver';
        import * as more from './more';
        const resolver = new Resolver();
        const handlers = { a: async function a1() {}, b: (req) => req };
        Object.entries(handlers).forEach(([key, fn]) => resolver.define(key, fn));
        export const run = resolver.getDefinitions();
        --> a: a1 | b: b
        ==== for-of over Object.entries
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        const handlers = { a() {}, b() {} };
        for (const [key, fn] of Object.entries(handlers)) { resolver.define(key, fn); }
        export const run = resolver.getDefinitions();
        --> a: a | b: b
        ==== entries as rows
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        const handlers = { a() {}, b() {} };
        for (const entry of Object.entries(handlers)) { resolver.define(entry[0], entry[1]); }
        export const run = resolver.getDefinitions();
        --> a: a | b: b
        ==== Object.keys
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        const handlers = { a() {}, b() {} };
        Object.keys(handlers).forEach((key) => resolver.define(key, handlers[key]));
        export const run = resolver.getDefinitions();
        --> a: a | b: b
        ==== for-in
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        const handlers = { a() {}, b() {} };
        for (const key in handlers) resolver.define(key, handlers[key]);
        export const run = resolver.getDefinitions();
        --> a: a | b: b
        ==== a list of names
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        const handlers = { a() {}, b() {}, c() {} };
        for (const key of ['a', 'b']) resolver.define(key, handlers[key]);
        export const run = resolver.getDefinitions();
        --> a: a | b: b
        ==== rows of objects
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        const routes = [{ key: 'a', run: function a() {} }, { key: 'b', run: function b() {} }];
        for (const route of routes) resolver.define(route.key, route.run);
        export const run = resolver.getDefinitions();
        --> a: a | b: b
        ==== rows of objects, taken apart
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        const routes = [{ key: 'a', run: function a() {} }, { key: 'b', run: function b() {} }];
        routes.forEach(({ key, run }) => resolver.define(key, run));
        export const run = resolver.getDefinitions();
        --> a: a | b: b
        ==== rows of pairs
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        [['a', function a() {}], ['b', function b() {}]].forEach(([key, fn]) => resolver.define(key, fn));
        export const run = resolver.getDefinitions();
        --> a: a | b: b
        ==== a Map
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        const routes = new Map([['a', function a() {}], ['b', function b() {}]]);
        for (const [key, fn] of routes) resolver.define(key, fn);
        export const run = resolver.getDefinitions();
        --> a: a | b: b
        ==== all of a module
        import Resolver from '@forge/resolver';
        import * as handlers from './handlers';
        const resolver = new Resolver();
        for (const [key, fn] of Object.entries(handlers)) resolver.define(key, fn);
        export const run = resolver.getDefinitions();
        @ src/handlers.js
        export const a = () => {};
        export function b() {}
        --> a: a | b: b
        ==== files that register themselves
        import Resolver from '@forge/resolver';
        import registerA from './a';
        import { registerB } from './b';
        const resolver = new Resolver();
        registerA(resolver);
        registerB(resolver);
        export const run = resolver.getDefinitions();
        @ src/a.js
        export default (resolver) => { resolver.define('a', function a() {}); };
        @ src/b.js
        export function registerB(r) { r.define('b', function b() {}); }
        --> a: a | b: b
        ==== a resolver of another file
        import { resolver } from './resolver';
        import './a';
        export const run = resolver.getDefinitions();
        @ src/resolver.js
        import Resolver from '@forge/resolver';
        export const resolver = new Resolver();
        @ src/a.js
        import { resolver } from './resolver';
        resolver.define('a', function a() {});
        --> a: a
        ==== two resolvers are told apart
        import Resolver from '@forge/resolver';
        const admin = new Resolver();
        const user = new Resolver();
        admin.define('remove', function remove() {});
        user.define('get', function get() {});
        export const run = user.getDefinitions();
        export const administer = admin.getDefinitions();
        --> get: get
        ==== two resolvers of one helper are told apart
        import Resolver from '@forge/resolver';
        function make(handlers) {
          const resolver = new Resolver();
          for (const [key, fn] of Object.entries(handlers)) resolver.define(key, fn);
          return resolver.getDefinitions();
        }
        export const run = make({ get: function get() {} });
        export const administer = make({ remove: function remove() {} });
        --> get: get
        ==== makeResolver
        import { makeResolver } from '@forge/resolver';
        export const run = makeResolver({ a: async () => {}, b(req) {} });
        --> a: a | b: b
        ==== a resolver of CommonJS
        const Resolver = require('@forge/resolver').default;
        const resolver = new Resolver();
        resolver.define('a', require('./a').a);
        exports.run = resolver.getDefinitions();
        @ src/a.js
        exports.a = async () => {};
        --> a: a
        ==== what a compiler makes of a resolver
        "use strict";
        var __importDefault = (this && this.__importDefault) || function (mod) { return (mod && mod.__esModule) ? mod : { "default": mod }; };
        Object.defineProperty(exports, "__esModule", { value: true });
        exports.run = void 0;
        const resolver_1 = __importDefault(require("@forge/resolver"));
        const resolver = new resolver_1.default();
        resolver.define("a", function a() {});
        exports.run = resolver.getDefinitions();
        --> a: a
        ==== a class that extends the resolver
        import Resolver from '@forge/resolver';
        class Mine extends Resolver { add(key, fn) { return this.define(key, fn); } }
        const resolver = new Mine();
        resolver.add('a', function a() {});
        resolver.define('b', function b() {});
        export const run = resolver.getDefinitions();
        --> a: a | b: b
        ==== a switch over actions
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        resolver.define('api', async function api({ payload }) { switch (payload.action) { case 'x': return 1; default: return 2; } });
        export const run = resolver.getDefinitions();
        --> api: api
        ==== a key that is not known
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        resolver.define(process.env.KEY, function secret() {});
        resolver.define('a', function a() {});
        export const run = resolver.getDefinitions();
        --> a: a | ?: secret UnknownKey
        ==== a function that is not known
        import Resolver from '@forge/resolver';
        import { remove } from '@company/handlers';
        const resolver = new Resolver();
        resolver.define('remove', remove);
        export const run = resolver.getDefinitions();
        --> remove: Package
        ==== a resolver without keys
        import Resolver from '@forge/resolver';
        export const run = new Resolver().getDefinitions();
        --> ?: NoKey
        ==== definitions that are called
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        resolver.define('a', function a() {});
        export const run = async (event, context) => resolver.getDefinitions()(event, context);
        --> a: a | : run
        ==== definitions in a wrapper of the app
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        resolver.define('a', function a() {});
        const logged = (definitions) => async function inner(event, context) { return await definitions(event, context); };
        export const run = logged(resolver.getDefinitions());
        --> a: a | : inner
        ==== definitions in a wrapper of a package
        import Resolver from '@forge/resolver';
        import { wrap } from 'tracker';
        const resolver = new Resolver();
        resolver.define('a', function a() {});
        export const run = wrap(resolver.getDefinitions());
        --> a: a
        ==== a helper that defines
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        const on = (key, fn) => resolver.define(key, fn);
        on('a', function a() {});
        on('b', function b() {});
        export const run = resolver.getDefinitions();
        --> a: a | b: b
        ==== a class that holds the resolver
        import Resolver from '@forge/resolver';
        class Registry {
          resolver = new Resolver();
          add(key, fn) { this.resolver.define(key, fn); return this; }
          build() { return this.resolver.getDefinitions(); }
        }
        export const run = new Registry().add('a', function a() {}).add('b', function b() {}).build();
        --> a: a | b: b
        ==== a list of those that register
        import Resolver from '@forge/resolver';
        const one = (r) => { r.define('a', function a() {}); };
        const two = (r) => { r.define('b', function b() {}); };
        const resolver = new Resolver();
        [one, two].forEach((register) => register(resolver));
        export const run = resolver.getDefinitions();
        --> a: a | b: b
        ==== reduce
        import Resolver from '@forge/resolver';
        const handlers = { a() {}, b() {} };
        export const run = Object.entries(handlers).reduce((made, [key, fn]) => made.define(key, fn), new Resolver()).getDefinitions();
        --> a: a | b: b
        ==== a loop that counts
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        const handlers = { a() {}, b() {} };
        const keys = Object.keys(handlers);
        for (let i = 0; i < keys.length; i++) resolver.define(keys[i], handlers[keys[i]]);
        export const run = resolver.getDefinitions();
        --> a: a | b: b
        ==== rows in a table
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        const routes = { a: { handler: function a() {} }, b: { handler: function b() {} } };
        for (const [key, { handler }] of Object.entries(routes)) resolver.define(key, handler);
        export const run = resolver.getDefinitions();
        --> a: a | b: b
        ==== rows in a table, by member
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        const routes = { a: { handler: function a() {} }, b: { handler: function b() {} } };
        for (const [key, route] of Object.entries(routes)) resolver.define(key, route.handler);
        export const run = resolver.getDefinitions();
        --> a: a | b: b
        ==== functions of a table, wrapped
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        const guard = (fn) => function inner(req) { return fn(req); };
        const handlers = { a() {}, b() {} };
        for (const [key, fn] of Object.entries(handlers)) resolver.define(key, guard(fn));
        export const run = resolver.getDefinitions();
        --> a: inner | b: inner
        ==== tables in a table
        import Resolver from '@forge/resolver';
        import * as one from './one';
        import two from './two';
        const resolver = new Resolver();
        const handlers = { ...one, ...two, c() {} };
        for (const [key, fn] of Object.entries(handlers)) resolver.define(key, fn);
        export const run = resolver.getDefinitions();
        @ src/one.js
        export const a = () => {};
        @ src/two.js
        export default { b() {} };
        --> a: a | b: b | c: c
        ==== a default export
        export { default as run } from './handler';
        @ src/handler.js
        const handler = async () => {};
        export default handler;
        --> : handler
        ==== taken apart
        const handlers = { run: function main() {} };
        export const { run } = handlers;
        --> : main
        ==== a getter that a compiler makes
        "use strict";
        Object.defineProperty(exports, "__esModule", { value: true });
        var a_1 = require("./a");
        Object.defineProperty(exports, "run", { enumerable: true, get: function () { return a_1.main; } });
        @ src/a.js
        exports.main = function main() {};
        --> : main
        ==== Object.assign of exports
        Object.assign(exports, { run: function main() {} });
        --> : main
        ==== a member by its name
        const handlers = { one: function one() {}, two: function two() {} };
        export const run = handlers['two'];
        --> : two
        ==== export = of TypeScript
        type Handler = unknown;
        export = { run: function main() {} as Handler };
        --> : main
        ==== the resolver through a file of the app
        import { Resolver } from './forge';
        const resolver = new Resolver();
        resolver.define('a', function a() {});
        export const run = resolver.getDefinitions();
        @ src/forge.js
        export { default as Resolver } from '@forge/resolver';
        --> a: a
        ==== a table and what is not in it
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        const handlers = { a() {}, b() {} };
        for (const [key, fn] of Object.entries(handlers)) resolver.define(key, fn);
        resolver.define(...JSON.parse(process.env.X));
        export const run = resolver.getDefinitions();
        --> a: a | b: b | ?: a,b UnknownKey
        ==== apply
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        resolver.define.call(resolver, 'a', function a() {});
        resolver.define('b', function b() {});
        export const run = resolver.getDefinitions();
        --> a: a | b: b
        ==== the method, bound
        import Resolver from '@forge/resolver';
        const resolver = new Resolver();
        const on = resolver.define.bind(resolver);
        on('a', function a() {});
        on('b', function b() {});
        export const run = resolver.getDefinitions();
        --> a: a | b: b
        ==== UI Kit 1 with Forge's own components
        import ForgeUI, { render, Text, Macro, Button } from '@forge/ui';
        export const run = render(<Macro><Text>x</Text></Macro>);
        --> : View NoFunction
        ==== UI Kit 1 with a function in place
        import ForgeUI, { render, Macro, Button } from '@forge/ui';
        export const run = render(<Macro><Button onClick={function clicked() {}} /></Macro>);
        --> : clicked View
        ==== UI Kit 1 with a component that is not there
        import { render } from '@forge/ui';
        export const run = render(<App />);
        --> : View UnknownValue
        ==== no such export
        export const other = () => {};
        --> : NoExport
        ==== in the default export only
        export default { run() {} };
        --> : run NoExport
        ==== from a package
        export { run } from '@company/handlers';
        --> : Package
        ==== no function
        export const run = { a: 1 };
        --> : NoFunction
        ==== a class
        export class run {}
        --> : NoFunction
        ==== a value of the outside
        export const run = globalThis.handlers[process.env.NAME];
        --> : Package
        ==== an error elsewhere in the file
        export const run = () => {};
        const broken = ;
        --> : run
        ==== in circles
        export { run } from './a';
        @ src/a.js
        export { run } from './index';
        --> : NoExport
        """;
}
