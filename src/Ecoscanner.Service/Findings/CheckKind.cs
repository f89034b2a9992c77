using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecoscanner.Service.Findings;

/// <summary>What must be decided of a finding's rule before a run that does not see it counts.</summary>
public enum DecidedBy
{
    /// <summary>The very place: it was covered, and the rule came to something there.</summary>
    Place,

    /// <summary>The file, or the app where the file is gone: nothing is open there, and nothing of the whole app.</summary>
    File,

    /// <summary>The whole app, since what it is about may have moved to any place of it: nothing is open that may be it.</summary>
    Whole,
}

/// <summary>How steady a scanner's checks are: how often a finding is seen before it is believed, and missed before it is held fixed. Data, in <c>check-kinds.json</c>.</summary>
/// <param name="Opens">Runs that must see it, unless one shows it by a positive control.</param>
/// <param name="Closes">Complete clean runs in a row, <see cref="Apart"/> from each other.</param>
internal sealed partial record CheckKind(string Scanner, int Opens, int Closes, DecidedBy DecidedBy)
{
    /// <summary>What answers differently for a while, as servers do, is asked again later.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromHours(6);

    /// <summary>Clean runs by which a place is held to be no part of the app any more: its descriptor is what a server answers.</summary>
    public const int Removes = 2;

    private static readonly FrozenDictionary<string, CheckKind> Known = Read().ToFrozenDictionary(kind => kind.Scanner, StringComparer.Ordinal);

    /// <summary>One for each scanner, and one for campaigns.</summary>
    public static IEnumerable<CheckKind> All => Known.Values;

    /// <summary>Of a scanner; of one that is not known the most careful.</summary>
    public static CheckKind Of(string scanner) => Known.GetValueOrDefault(scanner) ?? new CheckKind(scanner, 2, 2, DecidedBy.Place);

    private static IReadOnlyList<CheckKind> Read()
    {
        using var stream = typeof(CheckKind).Assembly.GetManifestResourceStream("check-kinds.json")!;
        return JsonSerializer.Deserialize(stream, KindJson.Default.IReadOnlyListCheckKind)!;
    }

    [JsonSerializable(typeof(IReadOnlyList<CheckKind>))]
    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        RespectRequiredConstructorParameters = true,
        Converters = [typeof(Words)]
    )]
    private sealed partial class KindJson : JsonSerializerContext;

    private sealed class Words() : JsonStringEnumConverter<DecidedBy>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);
}
