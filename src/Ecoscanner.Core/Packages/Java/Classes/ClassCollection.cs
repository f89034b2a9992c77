namespace Ecoscanner.Packages.Java.Classes;

/// <summary>A class that was found, by its own name with slashes.</summary>
public readonly record struct FoundClass(string Name, ClassFingerprint Fingerprint);

/// <summary>Collects the classes of one archive, or of the part of it that nothing else names. Use it from one thread.</summary>
public sealed class ClassCollection(ClassFingerprinter fingerprinter)
{
    // The largest app has a tenth of it.
    private const int MaximumClasses = 1_000_000;

    // What a person reads; the rest is counted.
    private const int MaximumNamedGaps = 20;

    private readonly List<FoundClass> classes = [];
    private readonly List<InventoryGap> gaps = [];

    public IReadOnlyList<FoundClass> Classes => classes;

    /// <summary>The first places that could not be read as classes, and why.</summary>
    public IReadOnlyList<InventoryGap> Gaps => gaps;

    /// <summary>How many places could not be read, or were too many.</summary>
    public int UnreadableCount { get; private set; }

    /// <summary>Whether an entry tells anything: what a newer Java takes instead of a class, and descriptions of packages and modules, do not.</summary>
    public static bool IsRead(string entry) =>
        !entry.Contains("META-INF/versions/", StringComparison.Ordinal)
        && Path.GetFileName(entry.AsSpan()) is not ("package-info.class" or "module-info.class");

    /// <summary>Reads a class and adds it.</summary>
    /// <param name="entry">Where it lies in its archive, such as <c>WEB-INF/classes/org/acme/Foo.class</c>.</param>
    /// <param name="place">The whole place, for a gap.</param>
    public void Add(ReadOnlySpan<byte> bytes, string entry, string place)
    {
        if (!IsRead(entry))
        {
            return;
        }

        if (classes.Count == MaximumClasses)
        {
            Refuse(place, $"there are more than {MaximumClasses} classes");
        }
        else if (fingerprinter.TryRead(bytes, out var name, out var fingerprint, out var refusal))
        {
            classes.Add(new FoundClass(name, fingerprint));
        }
        else
        {
            Refuse(place, $"the class cannot be read: {refusal}");
        }
    }

    private void Refuse(string place, string reason)
    {
        UnreadableCount++;
        if (gaps.Count < MaximumNamedGaps)
        {
            gaps.Add(new InventoryGap(place, reason));
        }
    }
}
