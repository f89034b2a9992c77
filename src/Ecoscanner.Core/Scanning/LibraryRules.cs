using Ecoscanner.Advisories.Review;
using Ecoscanner.Findings;
using Ecoscanner.Packages;
using Ecoscanner.Rules;

namespace Ecoscanner.Scanning;

/// <summary>The rules that an app's libraries are judged by, and how a scan says what came of it.</summary>
/// <param name="Vulnerable">Critical and high vulnerabilities of what is shipped, known for certain.</param>
/// <param name="Minor">All other vulnerabilities, and those of what is not known for certain or not run.</param>
/// <param name="Malicious">Packages that are attacks themselves.</param>
public sealed record LibraryRules(Rule Vulnerable, Rule Minor, Rule Malicious)
{
    // What is not known for certain, or not run, is no reason to stop a release.
    private const double MostOfMinor = 6.9;

    // A hundred unread archives are told by some.
    private const int MostGapsPerRule = 20;

    // The public sources change each day; of what came in the last week nothing would be known.
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(7);

    private IReadOnlyList<Rule> All => [Vulnerable, Minor, Malicious];

    /// <summary>Judges what an app ships.</summary>
    /// <exception cref="Advisories.Indexing.AdvisoryIndexException">The index is damaged.</exception>
    public void Judge(ScanContext context, Inventory inventory, CancellationToken cancellation)
    {
        foreach (var gap in inventory.Gaps)
        {
            context.Skip(gap.Place, gap.Reason);
        }

        foreach (var place in inventory.Components.Select(component => component.File).Distinct(StringComparer.Ordinal))
        {
            context.Cover(place);
        }

        if (context.Advisories is not { } index)
        {
            UndecideAll(context, context.Options.NoAdvisories ?? "there are no advisories on this machine; get them with ecoscanner advisories update");
            return;
        }

        var now = context.Time.GetUtcNow();
        if (now - index.Built > Fresh)
        {
            context.Skip("advisories", $"they are of {index.Built:yyyy-MM-dd}; what is known since then is not looked for: ecoscanner advisories update");
        }

        var review = new InventoryReview(index, PlatformDependencies.All, DateOnly.FromDateTime(now.UtcDateTime)).Of(inventory, cancellation);
        var broken = review.Vulnerable.Select(vulnerable => Report(context, vulnerable)).ToHashSet();

        foreach (var (at, advisory) in review.Cleared)
        {
            var component = inventory.Components[at];
            context.Pass(
                Vulnerable,
                component.Places[0],
                $"{component.Package.Name} has not {advisory.Id}, since {string.Join(", ", component.Removed)} was taken out of it"
            );
        }

        var gaps = inventory.Gaps.Concat(review.Open).ToList();
        foreach (var gap in review.Open)
        {
            context.Skip(gap.Place, gap.Reason);
        }

        foreach (var rule in (Rule[])[Vulnerable, Malicious])
        {
            foreach (var gap in gaps.Take(MostGapsPerRule))
            {
                context.Undecide(rule, gap.Place, gap.Reason, InconclusiveCause.Ambiguous, gap.About);
            }

            if (gaps.Count > MostGapsPerRule)
            {
                // What those are about is not told, so it may be anything.
                context.Undecide(
                    rule,
                    null,
                    $"{gaps.Count - MostGapsPerRule} more places could not be judged; the coverage names them",
                    InconclusiveCause.Ambiguous
                );
            }
        }

        Conclude(context, inventory, broken, index.ShortSnapshot);
    }

    /// <summary>Leaves all of them open, for a reason that the person who scans can mend.</summary>
    public void UndecideAll(ScanContext context, string reason)
    {
        foreach (var rule in All)
        {
            context.Undecide(rule, null, reason, InconclusiveCause.NeedsOperator);
        }
    }

    /// <summary>Says it under the rule that it breaks.</summary>
    private Rule Report(ScanContext context, VulnerablePackage vulnerable)
    {
        var place = vulnerable.Place();
        if (vulnerable.Score is not { } score)
        {
            context.Undecide(Vulnerable, place.ToString(), $"{vulnerable.Message()}; look at it yourself", InconclusiveCause.Ambiguous, Package(vulnerable));
            return Vulnerable;
        }

        var isSure = vulnerable is { Confidence: Confidence.High, IsUnused: false };
        var rule =
            vulnerable.Advisory.IsMalicious && isSure ? Malicious
            : SeverityBand.Of(score) >= Severity.High && isSure ? Vulnerable
            : Minor;
        if (rule == Minor && SeverityBand.Of(score) >= Severity.High && !vulnerable.IsUnused)
        {
            context.Undecide(
                Vulnerable,
                place.ToString(),
                $"{vulnerable.Message()}, if it is what it looks like ({vulnerable.Confidence.ToString().ToLowerInvariant()} confidence)",
                InconclusiveCause.Ambiguous,
                Package(vulnerable)
            );
        }

        var now = context.Time.GetUtcNow();
        var claim = VulnerabilityClaim.Of(vulnerable, context.Options.Claims, now);
        var evidence = vulnerable.Evidence();
        context.Report(
            rule,
            place,
            claim is null ? evidence : evidence with { Facts = [.. evidence.Facts, claim.ToFact()] },
            vulnerable.Confidence,
            vulnerable.Message(),
            rule == Minor ? Math.Min(score, MostOfMinor) : score,
            Exempted(rule, vulnerable.ForcedBy) ?? (rule == Malicious ? null : claim?.ToExemption(rule.Id, now))
        );
        return rule;
    }

    private static string Package(VulnerablePackage vulnerable) => new PackageUrl(vulnerable.Ecosystem, vulnerable.Name, null).ToString();

    // An attack is an attack, whoever brought it.
    private Exemption? Exempted(Rule rule, PlatformDependency? forced) =>
        forced is null || rule == Malicious
            ? null
            : new()
            {
                Source = ExemptionSource.Platform,
                Rule = rule.Id,
                Reason = $"{forced.Name} brings it, {forced.Reason}; {forced.Owner} has to act",
                Expires = forced.Until,
                By = forced.Owner,
            };

    private void Conclude(ScanContext context, Inventory inventory, HashSet<Rule> broken, string snapshot)
    {
        var shipped = inventory.Components.Count(component => component.IsShipped);
        if (shipped == 0 && inventory.Gaps.Count == 0)
        {
            foreach (var rule in All)
            {
                context.NotApplicable(rule, null, "the app ships no library");
            }

            return;
        }

        foreach (var rule in All)
        {
            if (!broken.Contains(rule))
            {
                context.Pass(rule, null, $"{shipped:N0} {(shipped == 1 ? "library" : "libraries")}, held against the advisories of snapshot {snapshot}");
            }
        }
    }
}
