using System.Text;

namespace Ecoscanner.Packages.Java.Classes;

/// <summary>Makes a fingerprint file from releases of libraries.</summary>
public sealed class FingerprintBuilder
{
    private readonly Dictionary<(string Library, string Version), IReadOnlyList<FoundClass>> releases = [];

    public int ReleaseCount => releases.Count;

    /// <summary>Adds a release; false where it is there already, or has no class.</summary>
    /// <param name="library"><c>group:artifact</c></param>
    public bool Add(string library, string version, IReadOnlyList<FoundClass> classes) => classes.Count > 0 && releases.TryAdd((library, version), classes);

    /// <summary>Writes the file.</summary>
    /// <param name="source">Where the releases come from and when, for a person.</param>
    public void Write(Stream stream, string source) => FingerprintFile.Write(Tables(source), stream);

    /// <summary>The same without a file.</summary>
    public FingerprintIndex Index(string source) => new(Tables(source));

    private FingerprintTables Tables(string source)
    {
        var ordered = releases
            .OrderBy(release => release.Key.Library, StringComparer.Ordinal)
            .ThenBy(release => release.Key.Version, VersionText.Ascending)
            .ToList();
        var libraries = ordered.Select(release => release.Key.Library).Distinct(StringComparer.Ordinal).ToArray();
        var variants = new SortedDictionary<Variant, List<int>>();
        var listed = new FingerprintRelease[ordered.Count];
        for (var release = 0; release < ordered.Count; release++)
        {
            var (key, classes) = ordered[release];
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var found in classes.Where(found => names.Add(found.Name)))
            {
                var slash = found.Name.LastIndexOf('/');
                var variant = new Variant(
                    slash < 0 ? "" : found.Name[..slash],
                    found.Name[(slash + 1)..],
                    found.Fingerprint.Shape & FingerprintTables.ShapeMask,
                    (uint)found.Fingerprint.Code
                );
                if (!variants.TryGetValue(variant, out var of))
                {
                    variants.Add(variant, of = []);
                }

                of.Add(release);
            }

            listed[release] = new FingerprintRelease(Array.BinarySearch(libraries, key.Library, StringComparer.Ordinal), key.Version, names.Count);
        }

        return Columns(source, libraries, listed, variants);
    }

    private static FingerprintTables Columns(string source, string[] libraries, FingerprintRelease[] releases, SortedDictionary<Variant, List<int>> variants)
    {
        var packages = variants.Keys.Select(variant => variant.Package).Distinct(StringComparer.Ordinal).ToArray();
        var sets = new Dictionary<string, int>(StringComparer.Ordinal);
        var setList = new List<int[]>();
        var classPackages = new List<int>();
        var names = new MemoryStream();
        var starts = new List<int> { 0 };
        var variantClasses = new List<int>();
        var variantSets = new List<int>();
        Variant? last = null;
        foreach (var (variant, of) in variants)
        {
            if (last?.Package != variant.Package || last.Simple != variant.Simple)
            {
                classPackages.Add(Array.BinarySearch(packages, variant.Package, StringComparer.Ordinal));
                names.Write(Encoding.UTF8.GetBytes(variant.Simple));
                starts.Add((int)names.Length);
            }

            last = variant;
            var key = string.Join(',', of);
            if (!sets.TryGetValue(key, out var set))
            {
                sets.Add(key, set = setList.Count);
                setList.Add([.. of]);
            }

            variantClasses.Add(classPackages.Count - 1);
            variantSets.Add(set);
        }

        return new FingerprintTables
        {
            Source = source,
            Libraries = libraries,
            Releases = releases,
            Sets = [.. setList],
            Packages = packages,
            ClassPackages = [.. classPackages],
            Names = names.ToArray(),
            NameStarts = [.. starts],
            VariantClasses = [.. variantClasses],
            VariantSets = [.. variantSets],
            Shapes = [.. variants.Keys.Select(variant => variant.Shape)],
            Codes = [.. variants.Keys.Select(variant => variant.Code)],
        };
    }

    private sealed record Variant(string Package, string Simple, ulong Shape, uint Code) : IComparable<Variant>
    {
        public int CompareTo(Variant? other)
        {
            if (other is null)
            {
                return 1;
            }

            var order = string.CompareOrdinal(Package, other.Package);
            order = order != 0 ? order : string.CompareOrdinal(Simple, other.Simple);
            order = order != 0 ? order : Shape.CompareTo(other.Shape);
            return order != 0 ? order : Code.CompareTo(other.Code);
        }
    }
}
