using System.Collections.Frozen;

namespace Ecoscanner.JavaScript.Resolution;

/// <summary>The modules that Node has in itself: <c>module.builtinModules</c> of Node 20 to 24.</summary>
internal static class BuiltInModules
{
    private const string Scheme = "node:";

    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            .. "_http_agent _http_client _http_common _http_incoming _http_outgoing _http_server".Split(' '),
            .. "_stream_duplex _stream_passthrough _stream_readable _stream_transform _stream_wrap _stream_writable _tls_common _tls_wrap".Split(' '),
            .. "assert assert/strict async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel".Split(' '),
            .. "dns dns/promises domain events fs fs/promises http http2 https inspector inspector/promises module net os".Split(' '),
            .. "path path/posix path/win32 perf_hooks process punycode querystring readline readline/promises repl".Split(' '),
            .. "stream stream/consumers stream/promises stream/web string_decoder sys timers timers/promises tls trace_events tty".Split(' '),
            .. "url util util/types v8 vm wasi worker_threads zlib".Split(' '),
        ]
    );

    // Names that are packages without the scheme.
    private static readonly FrozenSet<string> OnlyWithScheme = FrozenSet.Create(StringComparer.Ordinal, ["sea", "sqlite", "test", "test/reporters"]);

    /// <summary>The module that a specifier names with or without <c>node:</c>; null where it names none.</summary>
    public static BuiltInModule? For(string specifier) =>
        Names.Contains(specifier) ? new BuiltInModule(specifier)
        : HasScheme(specifier) && specifier[Scheme.Length..] is var name && (Names.Contains(name) || OnlyWithScheme.Contains(name)) ? new BuiltInModule(name)
        : null;

    public static bool HasScheme(string specifier) => specifier.StartsWith(Scheme, StringComparison.Ordinal);
}
