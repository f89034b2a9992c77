using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecoscanner.Service.Catalogue;

/// <summary>Which versions of which host products a version of an app runs on.</summary>
public sealed partial class ProductRanges(IReadOnlyDictionary<string, ProductRange> products)
{
    // An app runs on one or two; there are seven.
    private const int MaximumProducts = 20;

    public static readonly ProductRanges None = new(new Dictionary<string, ProductRange>(StringComparer.Ordinal));

    /// <summary>By the product's key, such as <c>jira</c>.</summary>
    public IReadOnlyDictionary<string, ProductRange> Products { get; } = products;

    /// <summary>What stands in a column; nothing where it cannot be read.</summary>
    public static ProductRanges Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RangesJson.Default.DictionaryStringProductRange) is { Count: <= MaximumProducts } read
                ? new ProductRanges(read)
                : None;
        }
        catch (JsonException)
        {
            return None;
        }
    }

    public string ToJson() =>
        JsonSerializer.Serialize(
            Products
                .Take(MaximumProducts)
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
            RangesJson.Default.DictionaryStringProductRange
        );

    /// <summary>Products of which nobody can say here on which versions it runs.</summary>
    public IEnumerable<string> Unknown => Products.Where(pair => !pair.Value.IsKnown).Select(pair => pair.Key);

    /// <summary>True where it runs on that version of a product.</summary>
    public bool Holds(string product, ProductVersion version) =>
        Products.TryGetValue(product, out var range) && range.Ends is var (from, to) && version >= from && version <= to;

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Dictionary<string, ProductRange>))]
    private sealed partial class RangesJson : JsonSerializerContext;
}

/// <param name="From">The least version, inclusive; or its build, where nobody said which version that is.</param>
/// <param name="To">The greatest version, inclusive; or its build.</param>
public sealed record ProductRange(string From, string To)
{
    private const string BuildWord = "build ";

    // A build that is not told is no version either.
    private const string Untold = "unknown";

    /// <summary>Null where one end is no version that is known.</summary>
    [JsonIgnore]
    public (ProductVersion From, ProductVersion To)? Ends => ProductVersion.Parse(From) is { } from && ProductVersion.Parse(To) is { } to ? (from, to) : null;

    [JsonIgnore]
    public bool IsKnown => Ends is not null;

    /// <summary>Between two builds, each null where it is not told.</summary>
    public static ProductRange OfBuilds(long? from, long? to) => new(Text(from), Text(to));

    /// <summary>The build that stands for an end; null where that is a version, or not told.</summary>
    public static long? BuildOf(string end) =>
        end.StartsWith(BuildWord, StringComparison.Ordinal)
        && long.TryParse(end.AsSpan(BuildWord.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var build)
            ? build
            : null;

    private static string Text(long? build) => build is { } number ? string.Create(CultureInfo.InvariantCulture, $"{BuildWord}{number}") : Untold;
}

/// <summary>A version of a host product: numbers between dots. What is missing at the end is any in comparisons with a shorter one.</summary>
public readonly record struct ProductVersion(int Major, int Minor, int Patch) : IComparable<ProductVersion>
{
    /// <summary>Null where it is none. Words at its end (<c>9.12.0-m01</c>) are not looked at.</summary>
    public static ProductVersion? Parse(string text)
    {
        var parts = text.Split('-', '+')[0].Split('.');
        return parts.Length is >= 1 and <= 4 && Number(parts, 0) is { } major && Number(parts, 1) is { } minor && Number(parts, 2) is { } patch
            ? new ProductVersion(major, minor, patch)
            : null;
    }

    public int CompareTo(ProductVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    public static bool operator <(ProductVersion left, ProductVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(ProductVersion left, ProductVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(ProductVersion left, ProductVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ProductVersion left, ProductVersion right) => left.CompareTo(right) >= 0;

    // Five digits: builds are longer, and no part of a version.
    private static int? Number(string[] parts, int at) =>
        at >= parts.Length ? 0
        : parts[at].Length is > 0 and <= 5 && int.TryParse(parts[at], NumberStyles.None, null, out var number) ? number
        : null;
}
