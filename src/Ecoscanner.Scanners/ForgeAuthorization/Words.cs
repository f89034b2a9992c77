using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>Places and origins in a few words.</summary>
internal static class Words
{
    private const int MostNames = 3;

    public static string Place(Node node) => $"{SourceSteps.TextOf(node)} at {node.Tree.Source.Path}:{node.Tree.Source.Lines.PositionOf(node.Start).Line}";

    /// <summary>What of the request.</summary>
    public static string Names(IEnumerable<Origin> origins) =>
        string.Join(
            ", ",
            origins.Where(ForgeOrigins.IsCallers).Select(origin => origin.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostNames)
        );

    /// <summary>Entries with the same function.</summary>
    public static string Of(JudgedReach reach) =>
        reach.Others.IsEmpty ? Of(reach.Entry)
        : reach.Others.Length <= MostNames ? $"{Of(reach.Entry)} (also {string.Join(", ", reach.Others.Select(Of))})"
        : $"{Of(reach.Entry)} (also {string.Join(", ", reach.Others.Take(MostNames).Select(Of))} and {reach.Others.Length - MostNames} more)";

    /// <summary>What stays the same when keys of functions are renamed: the handler, and the resolver's key.</summary>
    public static string Identity(ForgeEntry entry) =>
        $"{entry.Point.Function?.Handler?.Text.Value ?? entry.Point.Key}{(entry.Key is null ? "" : $".{entry.Key}")}";

    /// <summary>An entry: a resolver's key with its function, or a function with its handler.</summary>
    public static string Of(ForgeEntry entry) =>
        entry.Key is not null ? $"{entry.Point.Key}.{entry.Key}"
        : entry.Point.Function?.Handler?.Text.Value is { } handler ? $"{entry.Point.Key} ({handler})"
        : entry.Point.Key;
}
