namespace Ecoscanner.Service.Api;

/// <summary>Times as the API tells them: ISO 8601, UTC.</summary>
internal static class Moment
{
    /// <param name="clock">Milliseconds since 1970.</param>
    public static DateTimeOffset Of(long clock) => DateTimeOffset.FromUnixTimeMilliseconds(clock);

    public static DateTimeOffset? Of(long? clock) => clock is { } at ? Of(at) : null;
}

/// <summary>Texts of strangers where they are kept.</summary>
internal static class Kept
{
    // An audit's object; filters are shorter.
    private const int Longest = 300;

    public static string Truncated(this string text) => text.Length <= Longest ? text : text[..Longest];
}
