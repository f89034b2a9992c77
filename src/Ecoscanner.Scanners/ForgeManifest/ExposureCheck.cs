using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;

namespace Ecoscanner.Scanners.ForgeManifest;

/// <summary>Judges who beside licensed users and the app itself gets at it: other apps through its events, anybody through its pages.</summary>
internal static class ExposureCheck
{
    public static void Judge(ManifestReview review)
    {
        // Pages call remotes without naming them.
        var remotes = review
            .Manifest.EntryPoints.Where(point => point.Kind is ForgeReferenceKind.Remote)
            .SelectMany(point =>
                point.Uses.Where(use => use.Callers.HasFlag(ForgeCallers.Anonymous)).Select(use => (Module: (use.ModuleType, use.ModuleKey), point.Key))
            )
            .ToLookup(use => use.Module, use => use.Key);
        foreach (var module in review.Manifest.Modules)
        {
            if (module.Type == "event")
            {
                Event(review, module);
            }

            if (module.UnlicensedAccess.FirstOrDefault(user => user.Value == "anonymous") is { } anonymous)
            {
                Anonymous(review, module, anonymous, remotes);
            }
        }

        review.OtherwiseNotApplicable(ForgeManifestScanner.OpenEvent, "the app publishes no event");
        review.Otherwise(ForgeManifestScanner.AnonymousAccess, "no module has unlicensedAccess for anonymous");
    }

    private static void Event(ManifestReview review, ForgeModule module)
    {
        var recipients = (module.Node.Find("allowedRecipients") as ManifestList)?.Items.OfType<ManifestText>() ?? [];
        if (recipients.FirstOrDefault(recipient => recipient.Value.Trim() == "*") is { } wildcard)
        {
            review.Report(
                ForgeManifestScanner.OpenEvent,
                $"{module}/allowedRecipients",
                wildcard.Place,
                new Evidence(
                    $"{module} has allowedRecipients \"*\", so every app on the site gets it",
                    "the ARIs of the apps that it is for; [] for this app only"
                )
            );
        }
        else
        {
            review.Pass(ForgeManifestScanner.OpenEvent, module.Place, $"{module} goes to named apps only");
        }
    }

    private static void Anonymous(ManifestReview review, ForgeModule module, ForgeText anonymous, ILookup<(string Type, string? Key), string> remotes)
    {
        var code = module.References.Where(reference => reference.Kind is not ForgeReferenceKind.Resource).Select(reference => reference.Key.Value);
        if (code.Concat(remotes[(module.Type, module.Key?.Value)]).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } called)
        {
            review.Report(
                ForgeManifestScanner.AnonymousAccess,
                $"{module}/unlicensedAccess",
                anonymous.Place,
                new Evidence(
                    $"{module} has unlicensedAccess for anonymous, so anybody can call {ManifestReview.Quote(string.Join(", ", called))} without login",
                    "code there that gives no more than everybody may see, or no anonymous"
                ),
                // Public content is a sound reason; only its code tells.
                Confidence.Low
            );
        }
        else
        {
            review.Pass(ForgeManifestScanner.AnonymousAccess, anonymous.Place, $"{module} is open to anybody, and names no code that could be called");
        }
    }
}
