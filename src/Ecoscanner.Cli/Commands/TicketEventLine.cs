using System.Globalization;
using System.Text.Json;
using Ecoscanner.Cli.Remote;

namespace Ecoscanner.Cli.Commands;

/// <summary>What happened to a ticket, as one line that a person reads: when, who, what, and why.</summary>
internal static class TicketEventLine
{
    // As the service calls itself.
    private const string Service = "system:ecoscanner";

    public static string Of(RemoteEvent told) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{told.At.UtcDateTime:yyyy-MM-dd HH:mm}  {(told.Actor == Service ? "the platform" : told.Actor)}: {What(told, told.Detail)}"
        );

    private static string What(RemoteEvent told, JsonElement detail) =>
        told.Kind switch
        {
            "finding-joined" when Member(detail, "from") is { } other => $"finding {Member(detail, "finding")} joined, from {other}",
            "finding-joined" => Because($"finding {Member(detail, "finding")} joined", Member(detail, "due")),
            "finding-back" => Because($"finding {Member(detail, "finding")} is back", Member(detail, "due")),
            "second-look" => Because($"looked a second time, unannounced: {Member(detail, "outcome")}", told.Text),
            "enforcement" => Because($"decided {Member(detail, "decided")} where {Member(detail, "proposed")} was proposed", told.Text),
            var kind => Because($"{kind.Replace('-', ' ')}{Status(detail)}", told.Text) + Due(detail),
        };

    private static string Because(string what, string? why) => string.IsNullOrEmpty(why) ? what : $"{what}: {why}";

    private static string Status(JsonElement detail) =>
        (Member(detail, "before", "status"), Member(detail, "after", "status")) switch
        {
            ({ } before, { } after) => $" ({before} to {after})",
            (null, { } after) => $" ({after})",
            _ => "",
        };

    private static string Due(JsonElement detail) =>
        (Member(detail, "before", "dueAt"), Member(detail, "after", "dueAt")) switch
        {
            (var before, { } after) when before != after => $"; due {Day(after)}",
            ({ }, null) => "; no longer due",
            _ => "",
        };

    private static string Day(string time) => time.Length > 10 ? time[..10] : time;

    /// <summary>A text or number of the detail, as far as there is one.</summary>
    private static string? Member(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number => element.GetRawText(),
            _ => null,
        };
    }
}
