using System.Collections.Immutable;
using Ecoscanner.Findings;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>Judges entries that reach effects: who can cause it, who says what it acts upon, whether a guard decides.</summary>
/// <param name="queueActs">Whether what is put into a queue decides what its consumer does.</param>
internal sealed class AuthorizationJudge(AuthorizationGuards guards, bool queueActs)
{
    public ReachVerdict Judge(ForgeEffect effect, Reach reach, Audience audience)
    {
        if (audience is Audience.Platform or Audience.SiteAdministrators)
        {
            return ReachVerdict.Safe(audience == Audience.Platform ? "only the platform causes it" : "only administrators of the site can cause it");
        }

        if (Harmless(effect, reach) is { } harmless)
        {
            return ReachVerdict.Safe(harmless);
        }

        if (reach.IsGuarded && guards.AreForeign(reach.Guards))
        {
            var rule =
                audience == Audience.Everybody ? ForgeAuthorizationScanner.UnauthenticatedTrigger
                : effect.IsProduct ? ForgeAuthorizationScanner.MissingAuthorization
                : ForgeAuthorizationScanner.MissingDataAuthorization;
            return new(rule, Confidence.Low, $"what {Words.Place(reach.Guards[0])} decides is not among the sources");
        }

        if (reach.IsGuarded)
        {
            return effect.Kind == ForgeEffectKind.ProductWrite && audience != Audience.Everybody && guards.AreProbes(reach.Guards)
                ? new(ForgeAuthorizationScanner.MissingAuthorization, Confidence.Low, "it is only sure that the caller may see it")
                : ReachVerdict.Safe(
                    reach.Guards.IsEmpty
                        ? "no way leads there without a guard"
                        : $"each way there depends on {string.Join(", ", reach.Guards.Take(3).Select(Words.Place))}"
                );
        }

        var open = Open(effect, reach, audience);
        // Some ways to it are the user's, and which one this is could not be told.
        return effect.Product is { Accounts: not ProductAccounts.App } ? open with { Confidence = Confidence.Low } : open;
    }

    private ReachVerdict Open(ForgeEffect effect, Reach reach, Audience audience) =>
        audience == Audience.Everybody ? new(ForgeAuthorizationScanner.UnauthenticatedTrigger, Confidence.High, "nothing proves who sent the request")
        : effect.IsProduct && !(effect.Kind == ForgeEffectKind.ProductWrite && ProductEffects.IsOfApp(effect.Product!)) ? OfProduct(effect, reach, audience)
        : OfData(effect, reach);

    // What is no matter whoever causes it.
    private static string? Harmless(ForgeEffect effect, Reach reach) =>
        effect.Kind switch
        {
            ForgeEffectKind.ProductRead when ProductEffects.IsTrivial(effect.Product!) => "every user may know it",
            ForgeEffectKind.ProductRead when ProductEffects.IsOfApp(effect.Product!) => "it is what the app keeps for all",
            ForgeEffectKind.ProductRead or ForgeEffectKind.ProductWrite when IsAsUser(effect, reach) => "on this way it is done as the user",
            ForgeEffectKind.ProductRead or ForgeEffectKind.DataRead or ForgeEffectKind.SecretRead when !reach.IsReturned => "what it reads stays in the app",
            ForgeEffectKind.Egress when !reach.Origins.Concat(reach.DetailOrigins).Any(IsSecret) => "it carries no secret of the app",
            _ => null,
        };

    private ReachVerdict OfProduct(ForgeEffect effect, Reach reach, Audience audience)
    {
        if (reach.Subjects.Any(subject => subject.Any(origin => origin.Call.Exists && guards.IsOfRights(origin.Call))))
        {
            return ReachVerdict.Safe("it comes out of an answer about rights");
        }

        // What stands below the thing of the context in a route belongs to it.
        var container = reach
            .Subjects.Select((subject, at) => subject.Any(IsPlace) && !subject.Any(ForgeOrigins.IsCallers) ? at : int.MaxValue)
            .DefaultIfEmpty(int.MaxValue)
            .Min();
        var chosen = reach.Subjects.Where(subject => subject.Any(ForgeOrigins.IsCallers)).ToList();
        if (reach.Subjects.Where((subject, at) => at < container && subject.Any(ForgeOrigins.IsCallers)).Any(subject => !IsSeen(subject)))
        {
            return ProductEffects.IsOfProperties(effect.Product!)
                ? new(
                    ForgeAuthorizationScanner.MissingDataAuthorization,
                    Confidence.High,
                    $"the caller chooses whose property it is ({Words.Names(reach.Origins)})"
                )
                : new(ForgeAuthorizationScanner.MissingAuthorization, Confidence.High, $"the caller chooses what it acts upon ({Words.Names(reach.Origins)})");
        }

        if (chosen.Count > 0 || reach.Origins.Any(ForgeOrigins.IsPlatforms) || reach.Subjects.Any(IsSeen))
        {
            return reach.Origins.Any(ForgeOrigins.IsConfigured)
                    ? new(
                        ForgeAuthorizationScanner.MissingAuthorization,
                        Confidence.Low,
                        "who edits the place has chosen it, and not everybody who looks may see it"
                    )
                : effect.Kind == ForgeEffectKind.ProductRead ? ReachVerdict.Safe("the caller sees it anyhow")
                : ProductEffects.IsOfProperties(effect.Product!) ? ReachVerdict.Safe("it is the app's own property of what the caller sees")
                : audience == Audience.ContainerAdministrators ? ReachVerdict.Safe("the caller administers it")
                : new(ForgeAuthorizationScanner.MissingAuthorization, Confidence.Low, "the caller can see it, and may not be allowed to change it");
        }

        return new(
            ForgeAuthorizationScanner.MissingAuthorization,
            audience == Audience.ContainerAdministrators ? Confidence.Low : Confidence.Medium,
            effect.Kind == ForgeEffectKind.ProductRead ? "every caller is given what the app can see" : "every caller can cause it"
        );
    }

    private static bool IsPlace(Origin origin) => ForgeOrigins.IsPlatforms(origin) && origin.Name.StartsWith("context.extension.", StringComparison.Ordinal);

    // What came out of an answer that the product gave the user.
    private bool IsSeen(ImmutableArray<Origin> subject) => subject.Any(origin => origin.Call.Exists && guards.IsOfUser(origin.Call));

    // A helper that is handed the client: on this way it is the user's.
    private static bool IsAsUser(ForgeEffect effect, Reach reach)
    {
        if (effect.Product!.Accounts == ProductAccounts.App)
        {
            return false;
        }

        var isUser = false;
        foreach (var origin in reach.DetailOrigins.Where(IsOfClient))
        {
            if (origin.Name.EndsWith(".asApp", StringComparison.Ordinal))
            {
                return false;
            }

            isUser |= origin.Name.EndsWith(".asUser", StringComparison.Ordinal);
        }

        return isUser;
    }

    private static bool IsOfClient(Origin origin) => origin.Call.Exists && origin.Name.StartsWith("require(\"@forge/api\")", StringComparison.Ordinal);

    private ReachVerdict OfData(ForgeEffect effect, Reach reach)
    {
        var origins = reach.Origins;
        if (effect.Kind == ForgeEffectKind.SecretRead)
        {
            return new(ForgeAuthorizationScanner.MissingDataAuthorization, Confidence.High, "every caller is given the secret");
        }

        if (!effect.IsProduct && effect.Kind is not ForgeEffectKind.QueuePush && origins.Any(origin => origin.Name == ForgeOrigins.Account))
        {
            return ReachVerdict.Safe("it is the caller's own");
        }

        if (effect.Kind == ForgeEffectKind.Egress)
        {
            return ReachVerdict.Safe("it is for the other server to say what this secret may do");
        }

        if (effect.Kind == ForgeEffectKind.QueuePush)
        {
            return origins.Any(ForgeOrigins.IsCallers)
                ? new(
                    ForgeAuthorizationScanner.MissingDataAuthorization,
                    queueActs ? Confidence.High : Confidence.Low,
                    $"the caller chooses what the job is about ({Words.Names(origins)})"
                )
                : ReachVerdict.Safe("the caller does not choose what the job is about");
        }

        if (origins.Any(ForgeOrigins.IsPlatforms))
        {
            return ReachVerdict.Safe("it belongs to what the platform lets the caller see");
        }

        if (origins.Any(ForgeOrigins.IsCallers))
        {
            return new(ForgeAuthorizationScanner.MissingDataAuthorization, Confidence.High, $"the caller chooses the record ({Words.Names(origins)})");
        }

        return effect.Kind switch
        {
            _ when !effect.IsForAll => ReachVerdict.Safe("the app names the record itself"),
            ForgeEffectKind.DataDelete => new(
                ForgeAuthorizationScanner.MissingDataAuthorization,
                Confidence.Medium,
                "every caller can delete what is there for all"
            ),
            ForgeEffectKind.DataWrite or ForgeEffectKind.ProductWrite when reach.DetailOrigins.Any(ForgeOrigins.IsCallers) => new(
                ForgeAuthorizationScanner.MissingDataAuthorization,
                // A list to which callers add may be what the app is for.
                reach.DetailOrigins.Any(origin => origin.Call.Exists && guards.IsOfStore(origin.Call))
                    ? Confidence.Low
                    : Confidence.Medium,
                $"every caller can change what is there for all ({Words.Names(reach.DetailOrigins)})"
            ),
            _ => ReachVerdict.Safe("it is the same for every caller"),
        };
    }

    private static bool IsSecret(Origin origin) =>
        origin.Call.Exists ? origin.Name.EndsWith(".getSecret", StringComparison.Ordinal) : ForgeOrigins.Is(origin, ForgeOrigins.Environment);
}
