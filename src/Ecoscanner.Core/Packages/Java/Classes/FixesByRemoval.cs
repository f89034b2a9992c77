using System.Collections.Frozen;

namespace Ecoscanner.Packages.Java.Classes;

/// <summary>Vulnerabilities that are in certain classes of a library, so that a copy without them is not affected: patched, minimised or repackaged.</summary>
public static class FixesByRemoval
{
    private const string Resource = "fixes-by-removal.tsv";

    private static readonly FrozenDictionary<string, Fix[]> Fixes = Read()
        .GroupBy(fix => fix.Library, StringComparer.Ordinal)
        .ToFrozenDictionary(fixes => fixes.Key, fixes => fixes.ToArray(), StringComparer.Ordinal);

    /// <summary>The classes of a library, with dots, whose removal is a fix; none for most.</summary>
    /// <param name="library"><c>group:artifact</c></param>
    public static IEnumerable<string> ClassesOf(string library) => Of(library).SelectMany(fix => fix.Classes).Distinct(StringComparer.Ordinal);

    /// <summary>The same classes, and those that tell whether the library's code is there at all.</summary>
    public static IEnumerable<string> NamesOf(string library) =>
        Of(library).SelectMany(fix => fix.Classes.Append(fix.Witness)).Distinct(StringComparer.Ordinal);

    /// <summary>Those of them that a copy does not have, for <see cref="Component.Removed"/>; none where its code is not there at all.</summary>
    /// <param name="has">Whether the copy has a class, by its name with dots.</param>
    public static IReadOnlyList<string> RemovedFrom(string library, Func<string, bool> has) =>
        [.. Of(library).Where(fix => has(fix.Witness)).SelectMany(fix => fix.Classes).Distinct(StringComparer.Ordinal).Where(name => !has(name))];

    /// <summary>The CVEs that do not affect a copy that lacks these classes.</summary>
    /// <param name="removed">As in <see cref="Component.Removed"/>.</param>
    public static IReadOnlyList<string> ClearedBy(string library, IReadOnlyList<string> removed) =>
        removed.Count == 0 ? [] : [.. Of(library).Where(fix => fix.Classes.All(removed.Contains)).Select(fix => fix.Advisory)];

    private static Fix[] Of(string library) => Fixes.GetValueOrDefault(library, []);

    private static IEnumerable<Fix> Read()
    {
        using var stream = typeof(FixesByRemoval).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is missing");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('\t') is [['C', 'V', 'E', ..] advisory, var library, var classes, var witness, ..])
            {
                yield return new Fix(advisory, library, classes.Split(' '), witness);
            }
        }
    }

    // Cleared where all classes are gone; the witness tells that the library's code is there.
    private sealed record Fix(string Advisory, string Library, string[] Classes, string Witness);
}
