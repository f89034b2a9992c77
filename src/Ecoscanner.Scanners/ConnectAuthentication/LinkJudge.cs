using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;
using static Ecoscanner.Scanners.ConnectAuthentication.ConnectAuthenticationScanner;

namespace Ecoscanner.Scanners.ConnectAuthentication;

/// <summary>
/// Decides from what was asked and answered. A bare 2xx proves nothing: a link fails only where a control shows that the difference means what we say.
/// </summary>
internal sealed class LinkJudge(ScanContext context, IReadOnlyList<LinkStory> stories)
{
    private const string NeedsTenant = "needs a test tenant's credentials (--tenant)";

    private bool HasTenant => context.Options.Tenant is not null;

    public void JudgeAll()
    {
        foreach (var story in stories)
        {
            Judge(story);
        }

        if (stories.Count == 0)
        {
            JudgeNothing();
        }
        else if (!HasTenant)
        {
            context.Undecide(TokenExpiredAccepted, null, NeedsTenant, InconclusiveCause.NeedsOperator);
            context.Undecide(QshIgnored, null, NeedsTenant, InconclusiveCause.NeedsOperator);
        }

        if (!stories.Any(story => story.Link.Audience == LinkAudience.Administrators))
        {
            context.NotApplicable(AdminPageOpen, null, $"the {context.App.Document} names no page for administrators");
        }
    }

    /// <summary>An app of which nothing was asked has passed nothing; one that has nothing to ask needs nothing.</summary>
    private void JudgeNothing()
    {
        var hasPages = context.App.AsConnect()!.Links.Any(link => link.Kind is LinkKind.Frame or LinkKind.Webhook);
        foreach (var rule in (Rule[])[PageUnauthenticated, TokenForgedAccepted, TokenExpiredAccepted, QshIgnored])
        {
            if (hasPages)
            {
                context.Undecide(rule, null, $"no page or webhook of the app could be asked; {context.App.WayToAsk}", context.CauseOfSilence);
            }
            else
            {
                context.NotApplicable(rule, null, $"the {context.App.Document} names no page and no webhook");
            }
        }
    }

    private void Judge(LinkStory story)
    {
        if (story.Open.Failure is { } failure)
        {
            context.Undecide(PageUnauthenticated, story.Place, failure.Message);
            context.Undecide(TokenForgedAccepted, story.Place, failure.Message);
            context.Skip(story.Place, failure.Message);
            return;
        }

        JudgeStranger(story);
        JudgeForged(story);
        if (HasTenant)
        {
            JudgeGenuineButWrong(story, TokenExpiredAccepted, [story.Expired], "an expired token");
            JudgeGenuineButWrong(story, QshIgnored, story.OtherUrl, "a token that was not made for this URL");
        }

        JudgeOrdinaryUser(story);
        context.Cover(story.Place);
    }

    /// <summary>What a request without a token got.</summary>
    private void JudgeStranger(LinkStory story)
    {
        var (open, genuine) = (story.Open, story.Genuine);
        if (story.Link.Cacheable)
        {
            context.Pass(PageUnauthenticated, story.Place, "the descriptor says cacheable: the product loads it without a token, by design");
        }
        else if (!open.Succeeded)
        {
            JudgeRefusal(story);
        }
        else if (open.Planted.Count > 0)
        {
            Fail(PageUnauthenticated, story, [open, genuine], "data planted in a test tenant comes back to a request without a token", Confidence.High);
        }
        else if (Innocence(story) is { } innocence)
        {
            Doubt(PageUnauthenticated, story, $"possibly public: answers {open.Status} without a token, but {innocence}");
        }
        else if (genuine.Succeeded && !genuine.Same(open))
        {
            Doubt(PageUnauthenticated, story, "possibly public: answers without a token, but not with what the genuinely signed request gets");
        }
        else if (IsForAdministratorsByNature(story.Link))
        {
            Fail(
                PageUnauthenticated,
                story,
                [open, .. story.Controls, genuine],
                $"a page for administrators ({story.Link.AudienceReason}) answers {open.Status} without a token",
                genuine.Same(open) && !story.SecondTenant.Same(genuine) ? Confidence.High : Confidence.Medium
            );
        }
        else if (!genuine.Asked)
        {
            Ask(
                PageUnauthenticated,
                story,
                $"possibly public: answers {open.Status} without a token; a test tenant tells whether that is protected (--tenant)"
            );
        }
        else if (story.SecondTenant.Same(genuine))
        {
            Doubt(PageUnauthenticated, story, "possibly public: answers without a token, and two tenants get the same, so nothing of a tenant is in it");
        }
        else if (genuine.Same(open))
        {
            Fail(
                PageUnauthenticated,
                story,
                [open, .. story.Controls, genuine, story.SecondTenant],
                "a request without a token gets what the genuinely signed request gets",
                story.SecondTenant.Asked ? Confidence.High : Confidence.Medium
            );
        }
        else
        {
            Doubt(PageUnauthenticated, story, $"possibly public: answers {open.Status} without a token, and the genuinely signed request gets {genuine.Words}");
        }
    }

    // A link in an administrators' menu may lead to a page for everybody, such as a manual.
    private static bool IsForAdministratorsByNature(ConnectLink link) =>
        link.Audience == LinkAudience.Administrators && !link.AudienceReason.StartsWith("location ", StringComparison.Ordinal);

    private void JudgeRefusal(LinkStory story)
    {
        var (open, genuine) = (story.Open, story.Genuine);
        if (genuine.Succeeded && open.Status < 500)
        {
            context.Pass(PageUnauthenticated, story.Place, $"without a token: {open.Words}; genuinely signed: {genuine.Words}");
        }
        else if (open.Status != 401 && open.Answers(story.HostControl))
        {
            Doubt(
                PageUnauthenticated,
                story,
                $"gets {open.Words} without a token, and so does a path that cannot exist: something in front may refuse us altogether"
            );
        }
        else if (open.Status is 401 or 403 || (open.Redirect is not null && LeadsAway(story)))
        {
            context.Pass(PageUnauthenticated, story.Place, $"without a token: {open.Words}");
        }
        else
        {
            Doubt(PageUnauthenticated, story, $"answers {open.Words} without a token, which does not say whether it asks for one");
        }
    }

    /// <summary>A redirect to another host, or to where another of the app's pages sends strangers too: not to this page's own content.</summary>
    private bool LeadsAway(LinkStory story) =>
        !story.Open.Redirect!.Host.Equals(story.Link.Url.Host, StringComparison.OrdinalIgnoreCase)
        || stories.Any(other =>
            other.Link.Url.AbsolutePath != story.Link.Url.AbsolutePath && other.Open.Redirect?.AbsolutePath == story.Open.Redirect.AbsolutePath
        );

    /// <summary>Why an answer without a token may be innocent; null where nothing speaks for it.</summary>
    private string? Innocence(LinkStory story)
    {
        var open = story.Open;
        return story.Link.Kind != LinkKind.Frame ? "what a server's call answers does not show whether it acted on it"
            : open.Sketch!.IsEmpty ? "the answer says nothing"
            : open.Sketch.IsDoor ? "the page asks for a password or sends the browser on"
            : open.Sketch.IsShell ? "the page is a shell that a script fills, and what that shows is not in the answer"
            : story.Controls.All(control => !control.Asked || control.Failure is not null) ? "the control path got no answer to compare with"
            : story.Controls.Any(open.Resembles) ? "a path that cannot exist gets the same (soft 404 or single-page app)"
            : stories.Any(other => other.Link.Url.AbsolutePath != story.Link.Url.AbsolutePath && other.Open.Repeats(open))
                ? "another of the app's pages gets the very same"
            : null;
    }

    /// <summary>What tokens got that no tenant's secret signed.</summary>
    private void JudgeForged(LinkStory story)
    {
        if (!story.RefusesStrangers)
        {
            context.NotApplicable(TokenForgedAccepted, story.Place, "it answers without a token");
            return;
        }

        // The one that got the genuine answer first: another may have got an error page.
        if (story.Forged.Where(take => take.Succeeded).OrderByDescending(take => take.Same(story.Genuine)).FirstOrDefault() is not { } accepted)
        {
            JudgeAllRefused(story);
        }
        else if (accepted.Same(story.Genuine) || (!story.Genuine.Succeeded && story.Garbage.IsRefusal && !IsOnePageForAll(story, accepted)))
        {
            Fail(
                TokenForgedAccepted,
                story,
                [story.Open, accepted, story.Garbage, story.Genuine],
                $"{accepted.Purpose} gets {accepted.Status}, while no token gets {story.Open.Status}",
                accepted.Same(story.Genuine) ? Confidence.High : Confidence.Medium
            );
        }
        else
        {
            Doubt(
                TokenForgedAccepted,
                story,
                $"{accepted.Purpose} gets {accepted.Status}, "
                    + (
                        story.Genuine.Succeeded
                            ? "but not what the genuine token gets"
                            : "but it may be an error page: a text that is no token, or another page, gets the same"
                    )
            );
        }
    }

    /// <summary>Whether another of the app's pages answers a forged token with the very same: an error page, not this page.</summary>
    private bool IsOnePageForAll(LinkStory story, Take accepted) =>
        story.Link.Kind == LinkKind.Frame
        && stories.Any(other =>
            other.Link.Url.AbsolutePath != story.Link.Url.AbsolutePath && other.Forged.Any(take => take.Succeeded && take.Repeats(accepted))
        );

    private void JudgeAllRefused(LinkStory story)
    {
        if (story.Forged.FirstOrDefault(take => take.Failure is not null) is { } failed)
        {
            context.Undecide(TokenForgedAccepted, story.Place, failed.Words);
        }
        else if (story.Genuine.Succeeded)
        {
            context.Pass(TokenForgedAccepted, story.Place, $"{story.Forged.Count} forged tokens refused, the genuine one accepted");
        }
        else if (story.Genuine.Asked)
        {
            Doubt(TokenForgedAccepted, story, $"the genuinely signed request gets {story.Genuine.Words} too, so a refusal says nothing");
        }
        else
        {
            Ask(TokenForgedAccepted, story, "forged tokens of an unknown tenant are refused; a test tenant tells whether the signature decides (--tenant)");
        }
    }

    /// <summary>What tokens got that the tenant's secret signed but that are wrong in one thing.</summary>
    private void JudgeGenuineButWrong(LinkStory story, Rule rule, IReadOnlyList<Take> takes, string what)
    {
        if (story.Link.Cacheable || !story.RefusesStrangers)
        {
            context.NotApplicable(rule, story.Place, "it answers without a token");
        }
        else if (!story.Genuine.Asked)
        {
            Ask(rule, story, $"the test tenant is bound to {context.Options.Tenant!.Host}");
        }
        else if (!story.Genuine.Succeeded)
        {
            Doubt(rule, story, $"the genuinely signed request gets {story.Genuine.Words}, so there is nothing to compare with");
        }
        else if (takes.FirstOrDefault(take => take.Same(story.Genuine)) is { } accepted)
        {
            Fail(rule, story, [story.Open, story.Genuine, accepted], $"{what} gets what the right one gets: {accepted.Purpose}", Confidence.High);
        }
        else if (takes.FirstOrDefault(take => take.Succeeded || take.Failure is not null) is { } odd)
        {
            context.Undecide(
                rule,
                story.Place,
                $"{odd.Purpose}: {odd.Words}, but not what the right token gets",
                odd.Failure is null ? InconclusiveCause.Ambiguous : InconclusiveCause.CutShort
            );
        }
        else
        {
            context.Pass(rule, story.Place, $"{what} is refused: {takes[0].Words}");
        }
    }

    /// <summary>What an ordinary user gets at a page for administrators.</summary>
    private void JudgeOrdinaryUser(LinkStory story)
    {
        if (story.Link.Audience != LinkAudience.Administrators)
        {
            return;
        }

        if (story.Open.Succeeded)
        {
            context.NotApplicable(AdminPageOpen, story.Place, "it answers without a token, which is judged by page-unauthenticated");
        }
        else if (story.Genuine is { Asked: true, Succeeded: false })
        {
            Doubt(AdminPageOpen, story, $"the administrator's own request gets {story.Genuine.Words}, so there is nothing to compare with");
        }
        else if (!story.OrdinaryUser.Asked)
        {
            Ask(AdminPageOpen, story, "needs a test tenant with the account ids of an administrator and of an ordinary user (--tenant)");
        }
        else if (story.OrdinaryUser.Same(story.Genuine) && !story.Genuine.Sketch!.IsShell && !story.Genuine.Sketch.IsEmpty)
        {
            Fail(
                AdminPageOpen,
                story,
                [story.Open, story.Genuine, story.OrdinaryUser],
                $"a page for administrators ({story.Link.AudienceReason}) opens for an ordinary user as it does for an administrator",
                Confidence.High
            );
        }
        else if (story.OrdinaryUser.Failure is { } failure)
        {
            context.Undecide(AdminPageOpen, story.Place, failure.Message);
        }
        else if (story.OrdinaryUser.Succeeded)
        {
            Doubt(AdminPageOpen, story, $"an ordinary user gets {story.OrdinaryUser.Words}, but not the administrator's page");
        }
        else
        {
            context.Pass(AdminPageOpen, story.Place, $"an ordinary user gets {story.OrdinaryUser.Words}, an administrator {story.Genuine.Words}");
        }
    }

    /// <summary>The check ran to its end, and what was answered proves nothing; a request that failed is a check cut short.</summary>
    private void Doubt(Rule rule, LinkStory story, string reason) => context.Undecide(rule, story.Place, reason, InconclusiveCause.Ambiguous);

    /// <summary>A person can give what would decide it.</summary>
    private void Ask(Rule rule, LinkStory story, string reason) => context.Undecide(rule, story.Place, reason, InconclusiveCause.NeedsOperator);

    private void Fail(Rule rule, LinkStory story, IReadOnlyList<Take> takes, string observed, Confidence confidence) =>
        context.Report(
            rule,
            story.Location,
            new Evidence(observed, "401 or 403, as for any stranger") { Exchanges = [.. takes.Where(take => take.Asked).Select(take => take.Exchange!)] },
            confidence,
            $"{story.Link.Component}: {observed}"
        );
}
