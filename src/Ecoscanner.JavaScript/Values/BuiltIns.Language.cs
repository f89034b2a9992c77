namespace Ecoscanner.JavaScript.Values;

// By ECMA-262 (2026), and of what hosts have beside it only what hands functions and values on.
internal sealed partial class BuiltIns
{
    private const string Lines = """
        // Objects
        Object: return < arg0
        Object.new(): return = Object; return < arg0
        Object.assign: return < arg0; return <~ args; arg0 <= args
        Object.create: special
        Object.setPrototypeOf, Reflect.setPrototypeOf: special
        Object.getPrototypeOf, Reflect.getPrototypeOf: special
        Object.defineProperty, Reflect.defineProperty: special
        Object.defineProperties: special
        Object.freeze, Object.seal, Object.preventExtensions: return < arg0
        Object.keys, Object.getOwnPropertyNames: special
        Reflect.ownKeys: special
        Object.values: return = Array; return[] < arg0.*
        Object.entries: return = Array; return[] = Array; return[][0] = string; return[][1] < arg0.*; return[][0] <~ arg0
        Object.fromEntries: return = Object; return.* < arg0@[1]
        Object.groupBy: return = Object; arg1(0) < arg0@; return.* = Array; return.*[] < arg0@
        Object.getOwnPropertyDescriptor: return = Object; return.value < arg0.*
        Object.getOwnPropertySymbols: return = Array
        Object.is, Object.isFrozen, Object.isSealed, Object.isExtensible, Object.hasOwn: return = boolean
        Object.prototype.hasOwnProperty, Object.prototype.isPrototypeOf, Object.prototype.propertyIsEnumerable: return = boolean
        Object.prototype.toString: return = string; return <~ this.@@toStringTag
        Object.prototype.toLocaleString: return = string
        Object.prototype.valueOf: return < this
        Object.prototype.constructor:
        Object.prototype.__defineGetter__, Object.prototype.__defineSetter__: special
        Reflect.get, Reflect.set: special
        Reflect.has, Reflect.deleteProperty, Reflect.isExtensible: return = boolean
        Reflect.apply: special
        Reflect.construct: special
        structuredClone: return < arg0
        globalThis, window, self, global:

        // Functions
        Function.prototype.call: special
        Function.prototype.apply: special
        Function.prototype.bind: special
        Function.prototype.toString: return = string
        Function.new(), Function: return = unknown
        eval: return = unknown

        // Arrays
        Array, Array.new(): return = Array; return[] < args
        Array.of: return = Array; return[] < args
        Array.from: special
        Array.fromAsync: return = Promise; return^ = Array; return^[] < arg0@^
        Array.isArray: return = boolean
        Array.prototype.at, Array.prototype.pop, Array.prototype.shift: return < this[]
        Array.prototype.push, Array.prototype.unshift: this[] < args; return = number
        Array.prototype.concat: return = Array; return[] < this[]; return[] < args[?]
        Array.prototype.slice, Array.prototype.toReversed: return = Array; return[] < this[]
        Array.prototype.splice, Array.prototype.toSpliced: special
        Array.prototype.reverse: return < this; this[] < this[]
        Array.prototype.copyWithin: return < this; this[] < this[]
        Array.prototype.fill: this[] < arg0; return < this
        Array.prototype.with: return = Array; return[] < this[]; return[] < arg1
        Array.prototype.flat: return = Array; return[] < this[][?]; return[] < this[][?][?]; return[] < this[][?][?][?]
        Array.prototype.join: return = computed; return <~ this[]; return <~ arg0
        Array.prototype.toString, Array.prototype.toLocaleString: return = string; return <~ this[]
        Array.prototype.includes: return = boolean
        Array.prototype.indexOf, Array.prototype.lastIndexOf: return = number
        Array.prototype.keys: return = Iterator; return.%item = number
        Array.prototype.values, Array.prototype.@@iterator: return = Iterator; return.%item < this[]
        Array.prototype.entries: return = Iterator; return.%item = Array; return.%item[0] = number; return.%item[1] < this[]
        Array.prototype.forEach: arg0(0) < this[]; arg0(1) = number; arg0(2) < this; arg0(this) < arg1; call arg0
        Array.prototype.map: return = Array; arg0(0) < this[]; arg0(1) = number; arg0(2) < this; arg0(this) < arg1; return[] < arg0()
        Array.prototype.flatMap: return = Array; arg0(0) < this[]; arg0(1) = number; arg0(2) < this; arg0(this) < arg1; return[] < arg0()[?]
        Array.prototype.filter: return = Array; arg0(0) < this[]; arg0(1) = number; arg0(2) < this; arg0(this) < arg1; return[] < this[]; call arg0
        Array.prototype.find, Array.prototype.findLast: arg0(0) < this[]; arg0(1) = number; arg0(2) < this; arg0(this) < arg1; return < this[]; call arg0
        Array.prototype.findIndex, Array.prototype.findLastIndex: arg0(0) < this[]; arg0(1) = number; arg0(2) < this; arg0(this) < arg1; return = number; call arg0
        Array.prototype.some, Array.prototype.every: arg0(0) < this[]; arg0(1) = number; arg0(2) < this; arg0(this) < arg1; return = boolean; call arg0
        Array.prototype.reduce, Array.prototype.reduceRight: arg0(0) < arg1; arg0(0) < arg0(); arg0(0) < this[] unless arg1; arg0(1) < this[]; arg0(2) = number; arg0(3) < this; return < arg0(); return < arg1; return < this[] unless arg1
        Array.prototype.sort: arg0(0) < this[]; arg0(1) < this[]; this[] < this[]; return < this; call arg0
        Array.prototype.toSorted: return = Array; arg0(0) < this[]; arg0(1) < this[]; return[] < this[]; call arg0

        // Iterators, generators
        Iterator.prototype.next: return = Object; return.value < this.%item; return.value < this.%result; return.done = boolean; this.%sent < arg0
        Iterator.prototype.return: return = Object; return.value < arg0; return.done = boolean
        Iterator.prototype.throw: return = Object; return.value < this.%item; return.done = boolean; this.%thrown < arg0
        Iterator.prototype.@@iterator: return < this
        Iterator.prototype.map: return = Iterator; arg0(0) < this.%item; arg0(1) = number; return.%item < arg0()
        Iterator.prototype.filter: return = Iterator; arg0(0) < this.%item; arg0(1) = number; return.%item < this.%item; call arg0
        Iterator.prototype.take, Iterator.prototype.drop: return = Iterator; return.%item < this.%item
        Iterator.prototype.flatMap: return = Iterator; arg0(0) < this.%item; return.%item < arg0()@
        Iterator.prototype.forEach: arg0(0) < this.%item; arg0(1) = number; call arg0
        Iterator.prototype.some, Iterator.prototype.every: arg0(0) < this.%item; return = boolean; call arg0
        Iterator.prototype.find: arg0(0) < this.%item; return < this.%item; call arg0
        Iterator.prototype.reduce: arg0(0) < arg1; arg0(0) < arg0(); arg0(0) < this.%item; arg0(1) < this.%item; return < arg0(); return < arg1
        Iterator.prototype.toArray: return = Array; return[] < this.%item
        AsyncIterator.prototype.next: return = Promise; return^ = Object; return^.value < this.%item^; return^.value < this.%result^; return^.done = boolean; this.%sent < arg0
        AsyncIterator.prototype.return: return = Promise; return^ = Object; return^.value < arg0; return^.done = boolean
        AsyncIterator.prototype.@@asyncIterator: return < this

        // Collections
        Map.new(): return = Map; return.%key < arg0@[0]; return.%value < arg0@[1]; return.%value %unknown < arg0@[1]; return.%item = Array; return.%item[0] < return.%key; return.%item[1] < return.%value
        Map.prototype.get: return < this.%value{0}
        Map.prototype.set: this.%key < arg0; this.%value{0} < arg1; return < this
        Map.prototype.has, Map.prototype.delete: return = boolean
        Map.prototype.clear:
        Map.prototype.size: is number
        Map.prototype.forEach: arg0(0) < this.%value; arg0(1) < this.%key; arg0(2) < this; arg0(this) < arg1; call arg0
        Map.prototype.keys: return = Iterator; return.%item < this.%key
        Map.prototype.values: return = Iterator; return.%item < this.%value
        Map.prototype.entries, Map.prototype.@@iterator: return = Iterator; return.%item < this.%item
        Map.groupBy: return = Map; arg1(0) < arg0@; return.%key < arg1(); return.%value = Array; return.%value[] < arg0@
        Set.new(): return = Set; return.%item < arg0@
        Set.prototype.add: this.%item < arg0; return < this
        Set.prototype.has, Set.prototype.delete: return = boolean
        Set.prototype.clear:
        Set.prototype.size: is number
        Set.prototype.forEach: arg0(0) < this.%item; arg0(1) < this.%item; arg0(2) < this; arg0(this) < arg1; call arg0
        Set.prototype.keys, Set.prototype.values, Set.prototype.@@iterator: return = Iterator; return.%item < this.%item
        Set.prototype.entries: return = Iterator; return.%item = Array; return.%item[0] < this.%item; return.%item[1] < this.%item
        Set.prototype.union, Set.prototype.symmetricDifference: return = Set; return.%item < this.%item; return.%item < arg0@
        Set.prototype.intersection, Set.prototype.difference: return = Set; return.%item < this.%item
        Set.prototype.isSubsetOf, Set.prototype.isSupersetOf, Set.prototype.isDisjointFrom: return = boolean
        WeakMap.new(): return = WeakMap; return.%value < arg0@[1]
        WeakMap.prototype.get: return < this.%value{0}
        WeakMap.prototype.set: this.%value < arg1; return < this
        WeakMap.prototype.has, WeakMap.prototype.delete: return = boolean
        WeakSet.new(): return = WeakSet
        WeakSet.prototype.add: return < this
        WeakSet.prototype.has, WeakSet.prototype.delete: return = boolean
        WeakRef.new(): return = WeakRef; return.%value < arg0
        WeakRef.prototype.deref: return < this.%value

        // Promises
        Promise.new(): special
        Promise.resolve: return = Promise; return^ < arg0^
        Promise.reject: return = Promise; return.%reason < arg0
        Promise.all: special; return.%reason < arg0@.%reason; return.%reason = unknown unless arg0
        Promise.allSettled: return = Promise; return^ = Array; return^[] = Object; return^[].value < arg0@^; return^[].reason < arg0@.%reason; return^[].status = string; return.%reason = unknown unless arg0
        Promise.race, Promise.any: return = Promise; return^ < arg0@^; return.%reason < arg0@.%reason
        Promise.withResolvers: special
        Promise.try: return = Promise; arg0(0) < arg1; return^ < arg0()^
        Promise.prototype.then: return = Promise; arg0(0) < this^; return^ < arg0()^; arg1(0) < this.%reason; arg1(0) = Error; return^ < arg1()^; return.%reason < this.%reason; return^ <~ this
        Promise.prototype.catch: return = Promise; arg0(0) < this.%reason; arg0(0) = Error; return^ < arg0()^; return^ < this^
        Promise.prototype.finally: return = Promise; call arg0; return^ < this^; return.%reason < this.%reason
        %resolve: this^ < arg0^
        %reject: this.%reason < arg0

        // Texts
        String: return = computed; return <~ arg0
        String.new(): return = string; return <~ arg0
        String.raw: return = string; return <~ args; return <~ args[]
        String.fromCharCode, String.fromCodePoint: return = string
        String.prototype.concat, String.prototype.replaceAll, String.prototype.replace: return = computed; call arg0.@@replace; return <~ this; return <~ arg0; return <~ arg1; arg1(0) = string; arg1(0) <~ this; arg1(1) = string; arg1(1) <~ this; return <~ arg1(); convert args
        String.prototype.toUpperCase, String.prototype.toLowerCase, String.prototype.trim, String.prototype.trimStart, String.prototype.trimEnd, String.prototype.toString, String.prototype.valueOf: return = computed; return <~ this
        String.prototype.toLocaleUpperCase, String.prototype.toLocaleLowerCase: return = computed; return <~ this
        String.prototype.slice, String.prototype.substring, String.prototype.substr, String.prototype.at, String.prototype.charAt: return = string; return <~ this
        String.prototype.normalize, String.prototype.repeat, String.prototype.toWellFormed: return = string; return <~ this
        String.prototype.padStart, String.prototype.padEnd: return = string; return <~ this; return <~ arg1
        String.prototype.split: return = Array; return[] = string; return[] <~ this
        String.prototype.match: return = Array; return[] = string; return[] <~ this
        String.prototype.matchAll: return = Iterator; return.%item = Array; return.%item[] = string; return.%item[] <~ this; return.%item.groups <~ this
        String.prototype.@@iterator: return = Iterator; return.%item = string; return.%item <~ this
        String.prototype.indexOf, String.prototype.lastIndexOf, String.prototype.search, String.prototype.charCodeAt, String.prototype.codePointAt, String.prototype.localeCompare: return = number
        String.prototype.includes, String.prototype.startsWith, String.prototype.endsWith, String.prototype.isWellFormed: return = boolean
        RegExp, RegExp.new(): return = RegExp
        RegExp.prototype.test: return = boolean
        RegExp.prototype.exec: return = Array; return[] = string; return[] <~ arg0; return.groups <~ arg0
        RegExp.prototype.toString: return = string
        RegExp.prototype.source, RegExp.prototype.flags: is string
        encodeURIComponent, encodeURI, escape, decodeURIComponent, decodeURI, unescape, btoa, atob: return = string; return <~ arg0
        JSON.stringify: return = string; return <~ arg0; return <~ arg0.*; return <~ arg0.*.*; return <~ arg0.*.*.*; arg1(0) = string; arg1(1) < arg0.*; arg1(1) < arg0; call arg0.toJSON; call arg0.*.toJSON
        JSON.parse: return = unknown; return <~ arg0; arg1(0) = string; arg1(0) <~ arg0; arg1(1) = unknown; arg1(1) <~ arg0; return < arg1()

        // Numbers and the rest
        Math.abs, Math.ceil, Math.floor, Math.round, Math.trunc, Math.sign, Math.sqrt, Math.pow, Math.max, Math.min, Math.random, Math.log, Math.exp, Math.hypot: return = number
        URL.new(): return = URL; return.href = string; return.href <~ args; return.search = string; return.search <~ args; return.hash = string; return.hash <~ args; return.pathname = string; return.pathname <~ args; return.host = string; return.host <~ args; return.hostname = string; return.hostname <~ args; return.origin = string; return.origin <~ args; return.protocol = string; return.protocol <~ args; return.port = string; return.username = string; return.username <~ args; return.password = string; return.password <~ args; return.searchParams = URLSearchParams; return.searchParams.%value = string; return.searchParams.%value <~ args
        URL.prototype.toString, URL.prototype.toJSON: return = string; return <~ this.href; return <~ this.searchParams.%value
        URLSearchParams.new(): return = URLSearchParams; return <~ arg0; return <~ arg0.*; return <~ arg0[][]; return.%value = string; return.%value <~ arg0; return.%value <~ arg0.*; return.%value <~ arg0[][]
        URLSearchParams.prototype.append, URLSearchParams.prototype.set, FormData.prototype.append, FormData.prototype.set, Headers.prototype.append, Headers.prototype.set: this.%value <~ arg1; return = undefined
        URLSearchParams.prototype.get, URLSearchParams.prototype.toString, FormData.prototype.get, Headers.prototype.get: return = string; return <~ this.%value
        URLSearchParams.prototype.getAll, FormData.prototype.getAll: return = Array; return[] = string; return[] <~ this.%value
        URLSearchParams.prototype.has, FormData.prototype.has, Headers.prototype.has: return = boolean
        URLSearchParams.prototype.delete, FormData.prototype.delete, Headers.prototype.delete: return = undefined
        FormData.new(): return = FormData
        Headers.new(): return = Headers; return.%value = string; return.%value <~ arg0.*
        Buffer.concat: return = itself; return <~ arg0; return <~ arg0[]
        Number, Number.new(), parseInt, parseFloat, Number.parseInt, Number.parseFloat, Date.parse, Date.UTC: return = number; convert args
        Date.now: return = number
        Date.new(): return = itself; convert args
        Number.prototype.toString, Number.prototype.toFixed, Number.prototype.toPrecision, Number.prototype.toExponential, Number.prototype.toLocaleString: return = string
        Number.prototype.valueOf: return < this
        Number.isInteger, Number.isFinite, Number.isNaN, Number.isSafeInteger, isNaN, isFinite: return = boolean; convert arg0
        Boolean, Boolean.new(): return = boolean
        Boolean.prototype.toString: return = string
        Boolean.prototype.valueOf: return = boolean
        BigInt, BigInt.asIntN, BigInt.asUintN: return = bigint
        BigInt.prototype.toString: return = string
        Symbol: return = Symbol
        Symbol.for: special
        Symbol.prototype.toString, Symbol.prototype.description: return = string
        Proxy.new(): special
        Error, Error.new(), TypeError, TypeError.new(), RangeError, RangeError.new(), SyntaxError.new(), ReferenceError.new(), EvalError.new(), URIError.new(): return = Error; return.message < arg0; return.cause < arg1.cause
        AggregateError.new(): return = Error; return.errors < arg0; return.message < arg1
        Error.prototype.toString: return = string; return <~ this.message
        Error.prototype.stack, Error.prototype.name: is string

        // Hosts
        setTimeout, setInterval, setImmediate: arg0(0) < arg2; arg0(1) < arg3; return = Object; call arg0
        queueMicrotask, requestAnimationFrame, requestIdleCallback: call arg0; return = number
        process.nextTick: arg0(0) < arg1; arg0(1) < arg2; call arg0
        clearTimeout, clearInterval, clearImmediate: 
        process.on, process.once: call arg1
        require("events").new(): return = instance
        require("events").prototype.on, require("events").prototype.once, require("events").prototype.addListener, require("events").prototype.prependListener, require("events").prototype.prependOnceListener: this.%on{0} < arg1; return < this
        require("events").prototype.emit: this.%on{0}(0) < arg1; this.%on{0}(1) < arg2; this.%on{0}(2) < arg3; this.%on{0}(this) < this; call this.%on{0}; return = boolean
        require("events").prototype.removeListener, require("events").prototype.off, require("events").prototype.removeAllListeners: return < this
        require("events").prototype.listenerCount: return = number
        require("util").promisify: return < arg0
        require("util").inherits: special
        React.Component.new(), React.PureComponent.new(), require("react").Component.new(), require("react").PureComponent.new(), require("react").default.Component.new(), require("react").default.PureComponent.new(): this.props < arg0
        React.useState, require("react").useState, require("react").default.useState: special
        %set: this[0] < arg0; this[0] < arg0(); arg0(0) < this[0]; return = undefined
        React.useMemo, require("react").useMemo, require("react").default.useMemo: return < arg0()
        React.useCallback, require("react").useCallback, require("react").default.useCallback: return < arg0
        require("path").join, require("path").resolve, require("path").posix.join: return = string; return <~ args
        require("assert"), require("assert").ok, require("assert").equal, require("assert").strictEqual, require("assert").deepEqual, require("assert").deepStrictEqual: return = undefined
        console.log, console.error, console.warn, console.info, console.debug, console.trace: return = undefined
        """;
}
