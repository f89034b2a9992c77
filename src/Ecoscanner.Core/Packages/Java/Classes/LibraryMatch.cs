using Ecoscanner.Findings;

namespace Ecoscanner.Packages.Java.Classes;

/// <summary>A library whose classes were found, and how much of it.</summary>
public sealed record LibraryMatch
{
    // A library with more classes found is no accident.
    private const int EnoughTelling = 5;

    // Two releases of a larger library that only the code of some method tells apart are rare; of smaller ones they are not.
    private const int EnoughShapes = 150;

    // A string that is the moved package itself is rewritten beyond recognition.
    private const double AlteredByRelocation = 0.03;

    // A build that leaves out what is unused leaves out more.
    private const double WholeShare = 0.9;

    /// <summary><c>group:artifact</c></summary>
    public required string Library { get; init; }

    /// <summary>The known releases that all of the found classes fit to, or nearly all; ascending, and empty where none does.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

    /// <summary>The known release that most of the classes fit to.</summary>
    public required string Nearest { get; init; }

    /// <summary>Classes of it that were found as they are in the nearest release.</summary>
    public required int Found { get; init; }

    /// <summary>Of those, the ones whose very instructions are the same.</summary>
    public required int SameCode { get; init; }

    /// <summary>Of the found ones, those that are hardly another's by chance.</summary>
    public required int Telling { get; init; }

    /// <summary>Classes of the library that are other than in the nearest release, or that it does not have.</summary>
    public required int Altered { get; init; }

    /// <summary>How many classes the nearest release has.</summary>
    public required int Total { get; init; }

    /// <summary>Classes of the nearest release that were not found, such as <c>org.acme.Foo</c>: the first thousand in ordinal order.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Where the classes' packages belong, with dots; empty where the whole name was put behind <see cref="RelocatedTo"/>. Null where they are where they belong.</summary>
    public required string? RelocatedFrom { get; init; }

    /// <summary>Where the classes' packages were moved to, with dots; null where they are where they belong.</summary>
    public required string? RelocatedTo { get; init; }

    /// <summary>Other libraries that explain the same classes as well.</summary>
    public required IReadOnlyList<string> Rivals { get; init; }

    /// <summary>Classes whose removal is a known fix, and that are missing; with dots.</summary>
    public required IReadOnlyList<string> Removed { get; init; }

    /// <summary>The share of the nearest release that was found.</summary>
    public double Share => (double)Found / Total;

    /// <summary>Whether a build left out what the app does not use.</summary>
    public bool IsMinimised => Found + Altered < WholeShare * Total;

    /// <summary>
    /// High only where one version fits, nearly all of it is there, and enough of that is telling: a part of a library may be the same in releases that are
    /// not known.
    /// </summary>
    public Confidence Confidence =>
        Telling == 0 || (Altered > 0 && (RelocatedTo is null || Altered > AlteredByRelocation * Found)) ? Confidence.Low
        : Altered == 0 && Versions.Count == 1 && !IsMinimised && Rivals.Count == 0 && (IsVeryCode || Telling >= EnoughShapes) ? Confidence.High
        : Confidence.Medium;

    private bool IsVeryCode => SameCode == Found && Telling >= EnoughTelling;

    /// <summary>What it says in an inventory: without a version where not one alone fits.</summary>
    /// <param name="place">Where the classes lie.</param>
    public Component ToComponent(string place, Placement placement) =>
        new()
        {
            Package = new PackageUrl(Ecosystem.Maven, Library, Versions is [var only] ? only : null),
            PossibleVersions = Versions.Count > 1 ? Versions : [],
            Placement = placement,
            Confidence = Confidence,
            Places = [place],
            Clues = [new Clue(ClueKind.ClassFingerprints, Says())],
            RelocatedTo = RelocatedTo,
            Removed = Removed,
        };

    private string Says()
    {
        var versions = Versions switch
        {
            [] => $"no known release fits, {Nearest} is the nearest",
            [var only] => only,
            [var lowest, .., var highest] => $"{lowest}..{highest}",
        };
        var altered = Altered > 0 ? $", {Altered} altered" : "";
        var rivals = Rivals.Count > 0 ? $"; or {string.Join(", ", Rivals)}" : "";
        return $"{Found} of {Total} classes{altered}: {versions}{rivals}";
    }
}

/// <summary>What the classes of an archive are.</summary>
/// <param name="Libraries">The most classes first.</param>
/// <param name="Unidentified">Classes that are of no known library, the most first: the app's own are among them.</param>
public sealed record ClassMatches(IReadOnlyList<LibraryMatch> Libraries, IReadOnlyList<UnidentifiedClasses> Unidentified);

/// <summary>Classes of no known library.</summary>
/// <param name="Root">Their common package, of three parts at most, with dots; empty for the unnamed package.</param>
public sealed record UnidentifiedClasses(string Root, int Count);
