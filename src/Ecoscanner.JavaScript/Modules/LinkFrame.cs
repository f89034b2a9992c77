namespace Ecoscanner.JavaScript.Modules;

/// <summary>Several places that may have an export, of which some are still to be asked.</summary>
internal sealed class LinkFrame(IReadOnlyList<(ExportQuestion? Question, LinkAnswer? Answer)> choices, LinkAnswer fallback, LinkStep? way)
{
    private int next;
    private LinkAnswer? best;

    public LinkStep? Way { get; } = way;

    /// <summary>Whether each place has all names of another module.</summary>
    public bool IsOfStars { get; init; }

    /// <summary>Whether two that differ are an error, and not a matter of what runs last.</summary>
    public bool Conflicts { get; init; }

    /// <summary>Whether the answer is known: all were asked, or a conflict ends it.</summary>
    public bool IsDone => next >= choices.Count || best?.Kind == ExportResolutionKind.Ambiguous;

    public LinkAnswer Answer => best is null || best.Rank <= fallback.Rank ? fallback : best;

    public (ExportQuestion? Question, LinkAnswer? Answer) Next() => choices[next++];

    /// <summary>Takes the answer of the last that was asked.</summary>
    public void Take(LinkAnswer answer)
    {
        if (best is not { Kind: ExportResolutionKind.Found } || answer.Kind != ExportResolutionKind.Found)
        {
            best = best is null || answer.Rank > best.Rank ? answer : best;
            return;
        }

        var others = answer.Definitions.Where(definition => !best.Definitions.Any(definition.IsSameAs)).ToList();
        if (others.Count == 0)
        {
            return;
        }

        best = best with
        {
            Kind = Conflicts ? ExportResolutionKind.Ambiguous : ExportResolutionKind.Found,
            Definitions = [.. best.Definitions, .. others],
            // The last definition holds in CommonJS, and its way with it.
            Way = Conflicts ? best.Way : answer.Way,
        };
    }
}
