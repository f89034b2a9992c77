namespace Ecoscanner.Service.Api;

/// <summary>Times as the API tells them: ISO 8601, UTC.</summary>
internal static class Moment
{
    /// <param name="clock">Milliseconds since 1970.</param>
    public static DateTimeOffset Of(long clock) => DateTimeOffset.FromUnixTimeMilliseconds(clock);

    public static DateTimeOffset? Of(long? clock) => clock is { } at ? Of(at) : null;
}
