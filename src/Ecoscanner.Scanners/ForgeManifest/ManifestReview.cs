using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.ForgeManifest;

/// <summary>What the checks of a manifest share: the app, and how to say something about a place in its manifest.</summary>
internal sealed class ManifestReview(ScanContext context, ForgeApp app)
{
    // A manifest's text may be as long as the file; evidence is read by people.
    private const int MaximumShown = 120;

    private readonly HashSet<Rule> spoken = [];

    public ForgeApp App { get; } = app;

    public Ecoscanner.Apps.Forge.ForgeManifest Manifest => App.Manifest;

    /// <summary>A text of the manifest as evidence shows it: cut, in quotes.</summary>
    public static string Quote(string text) => text.Length > MaximumShown ? $"\"{text[..MaximumShown]}...\"" : $"\"{text}\"";

    public void Report(Rule rule, string what, ManifestPlace place, Evidence evidence, Confidence confidence = Confidence.High)
    {
        spoken.Add(rule);
        context.Report(rule, App.InManifest(what, place), evidence, confidence);
    }

    public void Pass(Rule rule, ManifestPlace place, string reason)
    {
        spoken.Add(rule);
        context.Pass(rule, At(place), reason);
    }

    /// <summary>The check ran, and the manifest alone does not tell.</summary>
    public void Undecide(Rule rule, ManifestPlace place, string reason)
    {
        spoken.Add(rule);
        context.Undecide(rule, At(place), reason, InconclusiveCause.Ambiguous);
    }

    public void NotApplicable(Rule rule, ManifestPlace place, string reason)
    {
        spoken.Add(rule);
        context.NotApplicable(rule, At(place), reason);
    }

    /// <summary>Says the rest of a rule that had nothing to say about any place.</summary>
    public void Otherwise(Rule rule, string reason)
    {
        if (spoken.Add(rule))
        {
            context.Pass(rule, null, reason);
        }
    }

    public void OtherwiseNotApplicable(Rule rule, string reason)
    {
        if (spoken.Add(rule))
        {
            context.NotApplicable(rule, null, reason);
        }
    }

    public void Skip(ManifestPlace place, string reason) => context.Skip(At(place), reason);

    /// <summary>What was not read could break any rule, so none passes because of what was.</summary>
    public void UndecideWhatWasNotRead(IReadOnlyList<Rule> rules)
    {
        var gap = Manifest.FirstGap;
        if (gap is null)
        {
            return;
        }

        foreach (var rule in rules)
        {
            context.Undecide(rule, At(gap.Place), $"a part of the manifest was not read: {gap.Message}");
        }
    }

    private string At(ManifestPlace place) => App.InManifest("", place).ToString();
}
