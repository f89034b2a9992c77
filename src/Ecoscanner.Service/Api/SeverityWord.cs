using Ecoscanner.Rules;

namespace Ecoscanner.Service.Api;

/// <summary>Severities as the API writes them.</summary>
internal static class SeverityWord
{
    public static string Of(Severity severity) => severity.ToString().ToLowerInvariant();

    /// <exception cref="ProblemException">It is none.</exception>
    public static Severity Parse(string word, string pointer) =>
        word switch
        {
            "low" => Severity.Low,
            "medium" => Severity.Medium,
            "high" => Severity.High,
            "critical" => Severity.Critical,
            _ => throw ProblemException.Wrong(pointer, "must be low, medium, high or critical"),
        };
}
