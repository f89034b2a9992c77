using System.Reflection;
using Ecoscanner.Findings;

namespace Ecoscanner.Probing;

/// <summary>The headers by which a partner knows our traffic.</summary>
internal static class Identification
{
    public const string RunHeader = "X-Ecoscanner-Run";

    /// <summary>Characters of a run id.</summary>
    private const int MaximumRunId = 64;

    private static readonly string Version = typeof(Identification)
        .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion.Split('+')[0];

    /// <summary>User agent and run, then the signature over them where there is a signer.</summary>
    public static IEnumerable<HeaderField> Headers(ProbeOptions options, ProbeRequest request) =>
        [
            new("User-Agent", UserAgent(options)),
            new(RunHeader, options.RunId),
            .. options.Signer?.Invoke(request.Method, request.Url, options.RunId, request.Body) ?? [],
        ];

    public static string UserAgent(ProbeOptions options) => $"Ecoscanner/{Version} (+{options.TrafficPage})";

    /// <summary>Both stand in headers, and the run id in the name of a folder.</summary>
    /// <exception cref="ArgumentException">The run id or the page has characters that do not belong there.</exception>
    public static void Check(ProbeOptions options)
    {
        if (options.RunId is not { Length: > 0 and <= MaximumRunId } run || run.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
        {
            throw new ArgumentException($"run id '{options.RunId}' is not made of 1 to {MaximumRunId} letters, digits and hyphens");
        }

        if (options.TrafficPage.Any(c => c is <= ' ' or > '~' or '(' or ')' or '\\'))
        {
            throw new ArgumentException($"traffic page '{options.TrafficPage}' has characters that a User-Agent cannot hold; give a plain URL");
        }
    }
}
