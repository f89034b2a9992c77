using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.Rules;
using Ecoscanner.Scanners.ForgePrograms;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>Says what was found: findings, what is safe and why, and what is not known.</summary>
internal sealed class AuthorizationReport(ScanContext context, ForgeApp app, ForgeProgram program)
{
    private static readonly Rule[] Rules =
    [
        ForgeAuthorizationScanner.MissingAuthorization,
        ForgeAuthorizationScanner.MissingDataAuthorization,
        ForgeAuthorizationScanner.UnauthenticatedTrigger,
    ];

    public void Write(AuthorizationAnalysis analysis)
    {
        foreach (var reach in analysis.Reaches)
        {
            if (reach.Verdict.Rule is { } rule)
            {
                Report(rule, reach);
            }
            else
            {
                var position = SourceSteps.Of(app, reach.Effect.Call, "");
                context.Pass(RuleOf(reach), position.ToString(), $"{Words.Of(reach.Entry)} reaches {reach.Effect.Role}: {reach.Verdict.Reason}");
            }
        }

        var spoken = analysis.Reaches.Select(RuleOf).ToHashSet();
        foreach (var rule in Rules.Where(rule => !spoken.Contains(rule)))
        {
            if (program.Entries.Any(entry => Concerns(rule, entry)))
            {
                context.Pass(rule, null, Unreached(rule));
            }
            else
            {
                context.NotApplicable(
                    rule,
                    null,
                    rule == ForgeAuthorizationScanner.UnauthenticatedTrigger
                        ? "no function of the app can be called by HTTP without the platform's check"
                        : "no function of the app can be called by users"
                );
            }
        }

        UndecideWhatIsNotKnown(analysis);
        foreach (var module in program.Graph.Modules.Where(module => module.Record is not null))
        {
            context.Cover(app.Shown(module.Path));
        }
    }

    private void Report(Rule rule, JudgedReach reach)
    {
        var (entry, effect) = (reach.Entry, reach.Effect);
        var isSure = entry.Confidence is ForgeConfidence.High && !reach.Reach.IsMay;
        var confidence = isSure ? reach.Verdict.Confidence : Confidence.Low;
        var way = reach.Reach.Steps;
        var sink = effect.IsProduct ? $"{effect.Role} as the app" : effect.Role;
        var callers = reach.Others.Aggregate(entry.Callers, (all, other) => all | other.Callers).Sentence();
        var name = Words.Of(reach);
        context.Report(
            rule,
            SourceSteps.LocationOf(app, effect.Call, Words.Of(entry)) with
            {
                Identity = $"{Words.Identity(entry)}#{effect.Role}",
                Component = Words.Of(entry),
            },
            new(
                reach.Reach.IsGuarded ? reach.Verdict.Reason : $"{reach.Verdict.Reason}; no answer about the caller decides on the way there",
                Expected(rule, effect)
            )
            {
                Steps = SourceSteps.Of(app, way, effect.IsProduct ? $"{sink}: {SourceSteps.TextOf(effect.Call)}" : SourceSteps.TextOf(effect.Call)),
            },
            confidence,
            $"{name} lets {callers} reach {sink} without {(rule == ForgeAuthorizationScanner.UnauthenticatedTrigger ? "authentication" : "authorization")}"
        );
    }

    // The smallest change that mends it.
    private static string Expected(Rule rule, ForgeEffect effect) =>
        rule == ForgeAuthorizationScanner.UnauthenticatedTrigger
            ? "the platform authenticates callers (request.authentication: hmacSharedSecret in the manifest), or the function compares a signature in constant time before it acts"
        : effect.Kind == ForgeEffectKind.ProductRead ? "asUser() in place of asApp(): the product then decides what the caller may see"
        : effect.Kind == ForgeEffectKind.ProductWrite
            ? "asUser() in place of asApp(); or an authorize() or permission check for the same thing before it, whose answer ends the function where it is no"
        : "the key holds context.accountId or the thing that the platform says the caller sees; or the owner of the record is compared with context.accountId before; what is there for all is changed by administrators only";

    private static string Unreached(Rule rule) =>
        rule == ForgeAuthorizationScanner.MissingAuthorization ? "nobody who calls the app makes it call a product in its own name"
        : rule == ForgeAuthorizationScanner.MissingDataAuthorization ? "nobody who calls the app reaches what it keeps"
        : "no web trigger reaches a product, what the app keeps or its secrets";

    private void UndecideWhatIsNotKnown(AuthorizationAnalysis analysis)
    {
        foreach (var entry in program.Entries.Where(entry => !entry.IsResolved && entry.Reason is not ForgeEntryReason.Elsewhere))
        {
            var place = app.InManifest("", entry.Point.Place).ToString();
            foreach (var rule in Rules.Where(rule => Concerns(rule, entry)))
            {
                context.Undecide(rule, place, $"{Words.Of(entry)}: {entry.Problem}", InconclusiveCause.Ambiguous);
            }
        }

        foreach (var module in program.Graph.Modules.Where(module => module.Record is null && module.Problem is not null))
        {
            context.Skip(app.Shown(module.Path), module.Problem!);
            UndecideAll(app.Shown(module.Path), $"{module.Path} {module.Problem}", InconclusiveCause.Ambiguous);
        }

        if (analysis.IsCutShort)
        {
            UndecideAll(app.Shown(app.ManifestName), "the app is too large to be followed to its end", InconclusiveCause.CutShort);
        }

        foreach (var gap in analysis.Gaps.Except(program.Graph.Modules.Select(module => $"{module.Path} {module.Problem}"), StringComparer.Ordinal))
        {
            context.Skip(app.Shown(app.ManifestName), gap);
        }
    }

    private void UndecideAll(string place, string reason, InconclusiveCause cause)
    {
        foreach (var rule in Rules)
        {
            context.Undecide(rule, place, reason, cause);
        }
    }

    private static bool Concerns(Rule rule, ForgeEntry entry) =>
        Audiences.Of(entry) switch
        {
            Audience.Platform or Audience.SiteAdministrators => false,
            Audience.Everybody => rule == ForgeAuthorizationScanner.UnauthenticatedTrigger,
            _ => rule != ForgeAuthorizationScanner.UnauthenticatedTrigger,
        };

    private static Rule RuleOf(JudgedReach reach) =>
        reach.Verdict.Rule
        ?? (
            reach.Audience == Audience.Everybody ? ForgeAuthorizationScanner.UnauthenticatedTrigger
            : reach.Effect.IsProduct ? ForgeAuthorizationScanner.MissingAuthorization
            : ForgeAuthorizationScanner.MissingDataAuthorization
        );
}
