using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Probing;

/// <summary>Sessions and requests as the tests of the way out need them.</summary>
internal static class Probes
{
    public static readonly BudgetLine Plenty = new("test", 10_000);

    /// <summary>Options that hurry.</summary>
    public static ProbeOptions Options { get; } =
        new()
        {
            RunId = "run-1",
            Rate = 10_000,
            Burst = 1_000,
            RequestTimeout = TimeSpan.FromSeconds(10),
        };

    /// <summary>A session in which a server's origin is named, proven and excepted from the guard.</summary>
    public static ProbeSession For(LoopbackServer server, Func<ProbeOptions, ProbeOptions>? change = null, TimeProvider? time = null)
    {
        var url = server.Url();
        var options = Options with { AllowedPrivate = [url.Authority] };
        var session = new ProbeSession(change?.Invoke(options) ?? options, time ?? TimeProvider.System);
        session.Scope.Prove(url.Host, url.Port);
        return session;
    }

    public static ProbeRequest Get(Uri url, params HeaderField[] headers) =>
        new("GET", url)
        {
            Budget = Plenty,
            Purpose = "test",
            Headers = headers,
        };
}
