namespace Ecoscanner.Packages.Java.Classes;

/// <summary>A library that may explain found classes, at one place of its packages.</summary>
internal sealed class LibraryCandidate(int library, Relocation relocation, int smallestRelease)
{
    // A package that was moved needs more to be believed than one that lies where it belongs.
    private const int EnoughRelocated = 3;
    private const double NearlyAll = 0.8;

    private readonly List<int> found = [];
    private readonly List<int> telling = [];

    public int Library => library;

    public Relocation Relocation => relocation;

    public int Count => found.Count;

    public double Share => Math.Min(1, (double)found.Count / smallestRelease);

    public void Add(int type, bool isTelling)
    {
        // A class has several variants with the same shape.
        if (found.Count > 0 && found[^1] == type)
        {
            return;
        }

        found.Add(type);
        if (isTelling)
        {
            telling.Add(type);
        }
    }

    /// <summary>How well it explains what nothing else has explained; only ever less. A library of which little is there explains little.</summary>
    public double Score(bool[] explained)
    {
        var open = telling.Count(type => !explained[type]);
        var believed = relocation.IsNone
            ? open > 0 || (found.Count > 1 && Share >= NearlyAll && found.Exists(type => !explained[type]))
            : open >= EnoughRelocated || (open > 0 && (relocation.From.Length == 0 || Share >= NearlyAll));
        // What lies where it belongs goes before its relocated twin.
        return believed ? (open + 0.01 * found.Count) * Share * Share * (relocation.IsNone ? 1.01 : 1) : 0;
    }
}
