namespace Ecoscanner.Reports.Sinks;

/// <summary>Text for the parts of a GitHub workflow command: <c>::error title=PROPERTY::DATA</c>.</summary>
internal static class GitHubCommand
{
    /// <summary>Text after the second <c>::</c>. The runner turns <c>%25</c> back into a percent sign.</summary>
    public static string Data(string? text) => ConsoleText.Of(text).Replace("%", "%25", StringComparison.Ordinal);

    /// <summary>A value between the two <c>::</c>.</summary>
    public static string Property(string? text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
