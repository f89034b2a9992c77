using System.Globalization;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Tests.Values;

/// <summary>Something that Node did and the analysis does not allow.</summary>
/// <param name="Class">What goes together with it: the kind of fact and of node.</param>
internal sealed record Miss(string Class, string Text);

/// <summary>Asks the analysis for what Node saw.</summary>
internal static class ProgramOracle
{
    public static IReadOnlyList<Miss> Misses(RunProgram program, ObservedProgram observed)
    {
        var graph = ModuleGraph.From(new MemoryFiles(program.Sources), [program.Sources[^1].Key]);
        var values = ProgramValues.Of(graph);
        var trees = graph.Modules.Where(module => module.Record is not null).Select(module => KeyValuePair.Create(module.Path, module.Record!.Tree));
        var nodes = new ProgramNodes(trees);
        return
        [
            .. observed.Calls.SelectMany(call => CallMisses(program, call, nodes, values.Calls)),
            .. observed.Values.SelectMany(value => ValueMisses(program, value, nodes, values)),
            .. TaintMisses(program, observed, nodes, values),
        ];
    }

    private static IEnumerable<Miss> TaintMisses(RunProgram program, ObservedProgram observed, ProgramNodes nodes, ProgramValues values)
    {
        if (observed.Taint.Count == 0)
        {
            yield break;
        }

        var analysis = TaintAnalysis.Of(values, TaintRules.Parse("source source\nsink taint sink(0)"));
        foreach (var (source, sink) in observed.Taint.Select(pair => (pair.Source, pair.Sink)))
        {
            var found = analysis.Findings.Where(finding => nodes.At(sink).Contains(finding.Call)).SelectMany(finding => finding.Sources);
            if (!found.Any(nodes.At(source).Contains))
            {
                yield return new("taint", $"{source.In(program)} got to {sink.In(program)}");
            }
        }
    }

    private static IEnumerable<Miss> CallMisses(RunProgram program, ObservedCall call, ProgramNodes nodes, CallGraph calls)
    {
        var sites = Sites(call, nodes);
        if (sites.Exists(site => !calls.IsComplete(site)))
        {
            yield break;
        }

        var known = sites.SelectMany(site => calls.TargetsOf(site)).ToList();
        foreach (var target in call.Targets.Where(target => !nodes.At(target).Any(node => known.Exists(known => known.Function == node))))
        {
            // A module that runs calls what it calls elsewhere, where nothing is watched: in spreads and patterns.
            if (call.Site.In(program).StartsWith("require(", StringComparison.Ordinal))
            {
                continue;
            }

            // What is external may make a text of what it was handed before, or give it back.
            var isExternal = known.Count > 0 && known.TrueForAll(known => !known.Function.Exists);
            if ((isExternal && nodes.At(target).Any(IsConversion)) || known.Exists(known => known.Path?.Contains("()", StringComparison.Ordinal) == true))
            {
                continue;
            }

            var said =
                known.Count == 0 ? "nothing" : string.Join(", ", known.Select(known => known.Function.Exists ? known.Function.Text.ToString() : known.Path));
            yield return new($"{call.Kind} {sites[^1].Kind}", $"{call.Site.In(program)} called {target.In(program)}, known is {said}");
        }
    }

    private static bool IsConversion(Node function) =>
        function.Tree.ParentOf(function).Child(NodeRole.Key) is { Kind: NodeKind.Identifier, Name: "toString" or "valueOf" or "toJSON" };

    /// <summary>The nodes that may stand for the call. What is built in runs setters of <c>o.a++</c>, or patterns iterators, at a node around.</summary>
    private static List<Node> Sites(ObservedCall call, ProgramNodes nodes)
    {
        var sites = nodes.At(call.Site).ToList();
        if (call.Kind is not ("call" or "new" or "tag"))
        {
            sites.AddRange(sites.ConvertAll(site => site.Tree.ParentOf(site)).Where(parent => parent.Exists));
            sites.AddRange(nodes.At(call.Site).SelectMany(site => ChildrenOf(site)));
        }

        return sites;
    }

    private static List<Node> ChildrenOf(Node node)
    {
        var children = new List<Node>();
        foreach (var child in node.Children)
        {
            children.Add(child);
        }

        return children;
    }

    private static IEnumerable<Miss> ValueMisses(RunProgram program, ObservedValues observed, ProgramNodes nodes, ProgramValues values)
    {
        var sets = nodes.At(observed.At).Select(values.Of).ToList();
        foreach (var seen in observed.Seen.Where(seen => !sets.Exists(set => Allows(set, seen, nodes))))
        {
            var known = string.Join(" and ", sets.Where(set => set.Count > 0));
            var kind = sets.TrueForAll(set => set.Count == 0) ? "nothing" : "others";
            yield return new(
                $"value {seen[0]} {nodes.At(observed.At)[^1].Kind} {kind}",
                $"{observed.At.In(program)} was {seen}, known is {(known.Length == 0 ? "nothing" : known)}"
            );
        }
    }

    private static bool Allows(ValueSet set, string seen, ProgramNodes nodes) =>
        set.MayBeAnything
        || seen[0] switch
        {
            // The analysis leaves it out where it comes of what is missing.
            'u' => true,
            'l' => set.Any(value => value.Kind is ValueKind.Null or ValueKind.External),
            'b' => set.Any(value => value.Kind == (seen == "btrue" ? ValueKind.True : ValueKind.False) || value.Kind == ValueKind.External),
            'n' when seen == "nNaN" => true,
            'n' => set.Any(value => value.Kind is ValueKind.AnyNumber or ValueKind.External || value.Number?.Equals(NumberOf(seen[1..])) == true),
            'i' => set.Any(value => value.Kind is ValueKind.AnyBigInt or ValueKind.External || (value.Kind == ValueKind.BigInt && value.Text == seen[1..])),
            // As above: a text that is made of it.
            's' when seen.Contains("undefined", StringComparison.Ordinal) || seen.Contains("NaN", StringComparison.Ordinal) => true,
            's' => set.Any(value => value.Kind is ValueKind.AnyString or ValueKind.External || Matches(value.Pieces, seen[1..])),
            'y' => set.Any(value => value.Kind is ValueKind.External),
            'f' when seen.Length == 1 => set.Any(value => value.Kind is ValueKind.Bound or ValueKind.External),
            'f' => set.Any(value => value.Kind is ValueKind.Function or ValueKind.Class && nodes.At(PlaceOf(seen[1..])).Contains(value.Node)),
            _ => set.Any(value => value.Kind is ValueKind.Object or ValueKind.External),
        };

    /// <summary>Whether the pieces stand in the text one after the other, the first at its start and the last at its end.</summary>
    private static bool Matches(IReadOnlyList<string> pieces, string text)
    {
        if (pieces.Count < 2)
        {
            return pieces.Count == 1 && pieces[0] == text;
        }

        var from = pieces[0].Length;
        if (!text.StartsWith(pieces[0], StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var piece in pieces.Skip(1).SkipLast(1))
        {
            var at = text.IndexOf(piece, from, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            from = at + piece.Length;
        }

        return text.Length - pieces[^1].Length >= from && text.EndsWith(pieces[^1], StringComparison.Ordinal);
    }

    private static double NumberOf(string text) =>
        text switch
        {
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => double.Parse(text, CultureInfo.InvariantCulture),
        };

    private static Place PlaceOf(string text)
    {
        var parts = text.Split(':');
        return new(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}
