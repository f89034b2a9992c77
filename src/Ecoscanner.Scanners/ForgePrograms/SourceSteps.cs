using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;

namespace Ecoscanner.Scanners.ForgePrograms;

/// <summary>Ways through an app's program as evidence.</summary>
internal static class SourceSteps
{
    // A way through many helpers says nothing more to a person; its begin and its end do.
    private const int MaximumSteps = 24;

    private const int LongestText = 80;

    /// <param name="sink">What the last step says.</param>
    public static IReadOnlyList<SourceStep> Of(ForgeApp app, IReadOnlyList<TaintStep> steps, string sink)
    {
        List<SourceStep> all = [.. steps.Select((step, number) => Of(app, step.Node, number == steps.Count - 1 ? sink : Words(step)))];
        return Ends(all, MaximumSteps);
    }

    /// <summary>The begin and the end of a way that is too long for people.</summary>
    public static List<SourceStep> Ends(List<SourceStep> steps, int maximum) =>
        steps.Count <= maximum ? steps : [.. steps[..(maximum / 2)], .. steps[^(maximum / 2)..]];

    public static SourceStep Of(ForgeApp app, Node node, string says)
    {
        var position = node.Tree.Source.Lines.PositionOf(node.Start);
        return new(app.Shown(node.Tree.Source.Path), position.Line, position.Column, says);
    }

    /// <summary>A file of the app, by what stands there.</summary>
    /// <param name="what">Part of the finding's identity: no line, no text of the source.</param>
    public static Location LocationOf(ForgeApp app, Node node, string what)
    {
        var position = node.Tree.Source.Lines.PositionOf(node.Start);
        var path = node.Tree.Source.Path;
        return Location.OfFile(path, what, position.Line, position.Column) with { Path = app.Shown(path) };
    }

    /// <summary>An expression in a line.</summary>
    public static string TextOf(Node node)
    {
        var text = string.Join(' ', node.Text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= LongestText ? text : $"{text[..LongestText]}…";
    }

    private static string Words(TaintStep step) =>
        step.Kind switch
        {
            TaintStepKind.Entry => "is entered",
            TaintStepKind.Source => $"{TextOf(step.Node)} comes from the caller",
            TaintStepKind.Call => $"calls {TextOf(step.Node)}",
            TaintStepKind.Holds => $"{TextOf(step.Node)} holds",
            TaintStepKind.Fails => $"{TextOf(step.Node)} does not hold",
            TaintStepKind.Return => $"{TextOf(step.Node)} gives it back",
            TaintStepKind.Member => $"{TextOf(step.Node)} keeps it",
            _ => TextOf(step.Node),
        };
}
