using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecoscanner.Service.Scheduling;

/// <summary>One line on the standard output of a run's process: what it does just now, a request to be signed, or that it is done.</summary>
/// <param name="Kind"><c>progress</c>, <c>sign</c> or <c>done</c>.</param>
public sealed partial record RunEvent(string Kind)
{
    public const string Progress = "progress";
    public const string Sign = "sign";
    public const string Done = "done";

    /// <summary>Most characters of a scanner's name or of what it does; the rest is cut.</summary>
    private const int MaximumCharacters = 200;

    /// <summary>Names the report's and the inventory's file in the run's folder.</summary>
    public const string ReportFile = "report.json";

    public const string InventoryFile = "inventory.json";

    public string? Scanner { get; init; }

    public string? What { get; init; }

    /// <summary>Of what is to be signed: its number, which the answer repeats.</summary>
    public int Number { get; init; }

    public string? Method { get; init; }

    /// <summary>The absolute URI of the request.</summary>
    public string? Target { get; init; }

    /// <summary>The request's Content-Digest.</summary>
    public string? Digest { get; init; }

    /// <summary>Of the end: why there is no app in the report, as an exit code of a scan; 0 where there is one.</summary>
    public int Code { get; init; }

    /// <summary>Of the end: time of processors.</summary>
    public long ProcessorMs { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, EventJson.Default.RunEvent);

    /// <summary>The event on a line, its texts shortened; null where it is none.</summary>
    public static RunEvent? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, EventJson.Default.RunEvent) is { Kind: Progress or Sign or Done } read
                ? read with
                {
                    Scanner = Short(read.Scanner),
                    What = Short(read.What),
                }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Short(string? text) => text is { Length: > MaximumCharacters } ? text[..MaximumCharacters] : text;

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = 2
    )]
    [JsonSerializable(typeof(RunEvent))]
    private sealed partial class EventJson : JsonSerializerContext;
}
