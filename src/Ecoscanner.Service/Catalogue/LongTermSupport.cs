using System.Text.Json;

namespace Ecoscanner.Service.Catalogue;

/// <summary>
/// The Data Center products' versions with long-term support, and which versions of an app are scanned for them: the latest of each app, and new ones that
/// run on the latest version of a product, or on its current or previous one with long-term support.
/// </summary>
public static class LongTermSupport
{
    // The current one and the one before it.
    private const int Counted = 2;

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<ProductVersion>> Table = Read();

    /// <summary>The product's versions that count, greatest first; none where the product is not known.</summary>
    public static IReadOnlyList<ProductVersion> Of(string product) => Table.GetValueOrDefault(product, []);

    /// <summary>True where a version of an app is to be scanned because of the products that it runs on; where that is not known, it may be.</summary>
    /// <param name="latest">The latest version of each product, as far as known: the greatest that any app says it runs on.</param>
    public static bool Covers(ProductRanges supports, IReadOnlyDictionary<string, ProductVersion> latest) =>
        supports.Unknown.Any()
        || supports.Products.Keys.Any(product =>
            (latest.TryGetValue(product, out var newest) && supports.Holds(product, newest))
            || Of(product).Any(version => Meets(supports.Products[product], version))
        );

    // 9.12 stands for 9.12.0 and every 9.12.x: an app for 9.12.4 to 9.12.9 runs on it.
    private static bool Meets(ProductRange range, ProductVersion version) =>
        range.Ends is var (from, to) && from <= version with { Patch = int.MaxValue } && to >= version;

    private static Dictionary<string, IReadOnlyList<ProductVersion>> Read()
    {
        using var stream = typeof(LongTermSupport).Assembly.GetManifestResourceStream("long-term-support.json")!;
        using var document = JsonDocument.Parse(stream);
        return document
            .RootElement.EnumerateObject()
            .ToDictionary(
                product => product.Name,
                product =>
                    (IReadOnlyList<ProductVersion>)
                        [
                            .. product
                                .Value.EnumerateArray()
                                .Select(version => ProductVersion.Parse(version.GetString()!)!.Value)
                                .OrderDescending()
                                .Take(Counted),
                        ],
                StringComparer.Ordinal
            );
    }
}
