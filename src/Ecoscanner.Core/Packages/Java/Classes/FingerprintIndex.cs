namespace Ecoscanner.Packages.Java.Classes;

/// <summary>Which class is of which releases of which libraries, by fingerprints. Read-only, for any number of threads; a lookup allocates nothing.</summary>
public sealed class FingerprintIndex
{
    private const string Resource = "java-classes.fingerprints";

    // A shape's first bits lead to its bucket: one or two of some hundred thousand shapes.
    private const int BucketBits = 16;

    private static readonly Lazy<FingerprintIndex> LazyShipped = new(ReadShipped);

    private readonly int[] buckets = new int[(1 << BucketBits) + 1];
    private readonly ulong[] shapes;
    private readonly int[] order;
    private readonly FingerprintTables tables;
    private readonly int[][] librariesOfSet;
    private readonly Lazy<int[][]> variantsOfLibrary;

    internal FingerprintIndex(FingerprintTables tables)
    {
        this.tables = tables;
        shapes = (ulong[])tables.Shapes.Clone();
        order = new int[shapes.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            buckets[Bucket(shapes[i]) + 1]++;
        }

        Array.Sort(shapes, order);
        for (var i = 1; i < buckets.Length; i++)
        {
            buckets[i] += buckets[i - 1];
        }

        librariesOfSet = [.. tables.Sets.Select(set => set.Select(release => tables.Releases[release].Library).Distinct().ToArray())];
        variantsOfLibrary = new Lazy<int[][]>(VariantsByLibrary);
    }

    /// <summary>The one that comes with the program.</summary>
    public static FingerprintIndex Shipped => LazyShipped.Value;

    /// <summary>Where its releases come from, and when, for a person.</summary>
    public string Source => tables.Source;

    public int ClassCount => tables.ClassPackages.Length;

    /// <summary>Different fingerprints; a class has several where releases differ.</summary>
    public int VariantCount => shapes.Length;

    /// <summary>As <c>group:artifact</c>.</summary>
    public IReadOnlyList<string> Libraries => tables.Libraries;

    /// <summary>By library, and ascending by version.</summary>
    public IReadOnlyList<FingerprintRelease> Releases => tables.Releases;

    /// <summary>Reads a file that <c>ecoscanner fingerprints build</c> wrote.</summary>
    /// <exception cref="InvalidDataException">It is none, or damaged.</exception>
    public static FingerprintIndex Read(Stream stream) => new(FingerprintFile.Read(stream));

    /// <summary>Whether a class with this shape is known.</summary>
    public bool Knows(in ClassFingerprint fingerprint) => Find(fingerprint).Next();

    internal Variants Find(in ClassFingerprint fingerprint)
    {
        var shape = fingerprint.Shape & FingerprintTables.ShapeMask;
        var bucket = Bucket(shape);
        return new Variants(this, shape, buckets[bucket], buckets[bucket + 1]);
    }

    internal int[] LibrariesOf(int variant) => librariesOfSet[tables.VariantSets[variant]];

    internal int[] ReleasesOf(int variant) => tables.Sets[tables.VariantSets[variant]];

    internal int[] VariantsOf(int library) => variantsOfLibrary.Value[library];

    internal int ClassOf(int variant) => tables.VariantClasses[variant];

    internal bool IsShape(int variant, in ClassFingerprint fingerprint) => tables.Shapes[variant] == (fingerprint.Shape & FingerprintTables.ShapeMask);

    internal bool IsCode(int variant, in ClassFingerprint fingerprint) => IsShape(variant, fingerprint) && tables.Codes[variant] == (uint)fingerprint.Code;

    /// <summary>With slashes; empty for the unnamed one.</summary>
    internal string PackageOf(int variant) => tables.Packages[tables.ClassPackages[tables.VariantClasses[variant]]];

    internal string SimpleName(int type) => tables.SimpleName(type);

    internal string PackageOfClass(int type) => tables.Packages[tables.ClassPackages[type]];

    private static int Bucket(ulong shape) => (int)(shape >> (FingerprintTables.ShapeBits - BucketBits));

    private int[][] VariantsByLibrary()
    {
        var lists = new List<int>[tables.Libraries.Length];
        for (var variant = 0; variant < shapes.Length; variant++)
        {
            foreach (var library in LibrariesOf(variant))
            {
                (lists[library] ??= []).Add(variant);
            }
        }

        return [.. lists.Select(list => list?.ToArray() ?? [])];
    }

    private static FingerprintIndex ReadShipped()
    {
        using var stream =
            typeof(FingerprintIndex).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is missing");
        return Read(stream);
    }

    /// <summary>The variants with one shape, one after another.</summary>
    internal struct Variants(FingerprintIndex index, ulong shape, int next, int end)
    {
        public int Current { get; private set; }

        public bool Next()
        {
            for (; next < end; next++)
            {
                if (index.shapes[next] == shape)
                {
                    Current = index.order[next++];
                    return true;
                }
            }

            return false;
        }
    }
}

/// <summary>A release of a library.</summary>
/// <param name="Library">Its position in <see cref="FingerprintIndex.Libraries"/>.</param>
/// <param name="Classes">How many classes it has.</param>
public sealed record FingerprintRelease(int Library, string Version, int Classes);
