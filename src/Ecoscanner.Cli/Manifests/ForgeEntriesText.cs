using System.Globalization;
using System.Text;
using Ecoscanner.Apps.Forge;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Cli.Manifests;

/// <summary>The entries of a Forge app, for a person.</summary>
internal static class ForgeEntriesText
{
    /// <summary>The whole, safe to be shown on a terminal.</summary>
    public static string Of(ForgeProgram program, string path)
    {
        var text = new StringBuilder();
        var resolved = program.Entries.Count(entry => entry.IsResolved);
        Line(text, string.Create(CultureInfo.InvariantCulture, $"{path}: {program.Entries.Length} entries, {resolved} with functions"));
        foreach (var entry in program.Entries)
        {
            Line(text, "");
            Line(text, NameOf(entry));
            Line(text, $"  called by {entry.Callers.Sentence()}{(entry.Confidence is ForgeConfidence.Low ? "; not sure" : "")}");
            foreach (var use in entry.Uses)
            {
                Line(text, $"    {use.Place, -8}{use.Module} {use.Path}".TrimEnd());
            }

            foreach (var function in entry.Functions)
            {
                Line(text, $"  runs {FunctionName.Of(function)} at {PlaceOf(function)}");
            }

            if (entry.Found.Length > 0)
            {
                Line(text, $"  found as {entry.Found}");
            }

            if (entry.Problem.Length > 0)
            {
                Line(text, $"  {(entry.IsResolved ? "not all is known" : "not found")}: {entry.Problem}");
            }
        }

        foreach (var page in program.FrontEnds)
        {
            Line(text, "");
            Line(text, $"page {page.Key} of {page.Module}, in the browser{(page.Resource is null ? ", which is not defined" : $": {page.Resource.Path}")}");
        }

        return text.ToString();
    }

    public static string PlaceOf(Node node) => $"{node.Tree.Source.Path}:{node.Tree.Source.Lines.PositionOf(node.Start)}";

    private static string NameOf(ForgeEntry entry) =>
        $"{entry.Point.Kind.ToString().ToLowerInvariant()} {entry.Point.Key}"
        + entry switch
        {
            { Kind: ForgeEntryKind.Resolver, Key: { } key } => $", key {key}",
            { Kind: ForgeEntryKind.Resolver } => ", a key that is not known",
            { Kind: ForgeEntryKind.View } => ", a view",
            _ => "",
        };

    private static void Line(StringBuilder text, string line) => text.Append(ConsoleText.Of(line)).Append('\n');
}
