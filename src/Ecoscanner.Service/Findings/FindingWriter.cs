using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Findings;

/// <summary>Writes what a run means for findings, and gathers what tickets are told.</summary>
internal sealed class FindingWriter(Session session, PartnerKeys keys, RunRow run, HostingFindings known) : IDisposable
{
    private readonly List<FindingChange> changes = [];

    private readonly Statement insert = new(
        session,
        """
        insert into finding (
            partner_id, app_id, hosting_id, hosting, rule, family, requirement, fingerprint, severity, cvss, confidence, place, place_identity, spot,
            raises_tickets, state, verified, platform_forced, observations, scanner, scanner_version, first_run, first_seen_at, confirmed_at, changed_at, evidence_digest
        )
        values (
            @p0, @p1, @p2, (select hosting from app_hosting where id = @p2), @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, 1,
            @p17, @p18, @p19, @p20, @p21, @p20, @p22
        )
        returning id
        """
    );

    private readonly Statement update = new(
        session,
        """
        update finding set
            rule = @p1, requirement = @p2, severity = @p3, cvss = @p4, confidence = @p5, place = @p6, place_identity = @p7, spot = @p8, raises_tickets = @p9,
            state = @p10, verified = @p11, platform_forced = @p12, observations = @p13, clean_runs = 0, last_clean_at = null, scanner = @p14,
            scanner_version = @p15, confirmed_at = @p16, changed_at = @p17, closed_at = null, closed_why = null, evidence_digest = @p18,
            row_version = row_version + 1
        where id = @p0
        """
    );

    private readonly Statement observe = new(
        session,
        """
        update finding set state = @p1, verified = @p2, observations = @p3, confirmed_at = @p4, changed_at = @p5, clean_runs = 0, last_clean_at = null,
            closed_at = null, closed_why = null, row_version = row_version + 1
        where id = @p0
        """
    );

    private readonly Statement absent = new(
        session,
        """
        update finding set
            state = @p1, clean_runs = @p2, last_clean_at = @p3, changed_at = @p3, closed_at = @p4, closed_why = @p5, row_version = row_version + 1
        where id = @p0
        """
    );

    private readonly Statement alias = new(
        session,
        "insert into finding_alias (hosting_id, fingerprint, finding_id) values (@p0, @p1, @p2) on conflict (hosting_id, fingerprint) do nothing"
    );

    private readonly Statement attribute = new(
        session,
        """
        insert into finding_attribution (finding_id, source, tool_rule, severity, cvss, first_seen_at) values (@p0, @p1, @p2, @p3, @p4, @p5)
        on conflict (finding_id, source, tool_rule) do update set severity = excluded.severity, cvss = excluded.cvss, gone_at = null
        """
    );

    private readonly Statement forget = new(
        session,
        "update finding_attribution set gone_at = @p2 where finding_id = @p0 and source = @p1 and gone_at is null"
    );

    private readonly Statement tell = new(
        session,
        "insert into finding_event (finding_id, at, kind, run_id, actor, detail) values (@p0, @p1, @p2, @p3, @p4, @p5)"
    );

    private readonly Statement keep = new(
        session,
        "insert into evidence (partner_id, digest, sealed, added_at) values (@p0, @p1, @p2, @p3) on conflict (partner_id, digest) do nothing"
    );

    private readonly Statement has = new(session, "select count(*) from evidence where partner_id = @p0 and digest = @p1");

    /// <summary>In the order of findings.</summary>
    public IReadOnlyList<FindingChange> Changes => changes;

    /// <summary>The finding's id.</summary>
    public long Write(Sight sight)
    {
        var id = sight.Known is { } finding ? Update(sight, finding) : Insert(sight);
        foreach (var fingerprint in sight.Seen.Fingerprints)
        {
            if (!known.IsAlias(fingerprint))
            {
                alias.Run(run.HostingId, fingerprint, id);
            }
        }

        Attribute(sight, id);
        return id;
    }

    public void Write(Absence absence)
    {
        var finding = absence.Known;
        if (absence.Closes || absence.CleanRuns != finding.CleanRuns)
        {
            absent.Run(
                finding.Id,
                absence.State,
                absence.CleanRuns,
                session.Clock,
                absence.Closes ? session.Clock : null,
                absence.Closes ? $"{absence.Why} (run {run.Id})" : null
            );
        }

        if (absence.IsGone)
        {
            // A campaign looked for it once; the scanner's word closes that too.
            forget.Run(finding.Id, run.Source, session.Clock);
            if (run.Source == RunSource.Ecoscanner)
            {
                forget.Run(finding.Id, RunSource.Campaign, session.Clock);
            }
        }

        if (absence.Closes)
        {
            Tell(finding.Id, absence.State, absence.Why);
            // Of what was never confirmed nobody was told.
            if (absence.State is FindingState.Fixed)
            {
                Change(FindingChangeKind.Fixed, finding.Id, finding.PlatformForced);
            }
            else if (absence.State is FindingState.Unobserved && finding.ConfirmedAt is not null)
            {
                Change(FindingChangeKind.Removed, finding.Id, finding.PlatformForced);
            }
            else if (absence.State is FindingState.Withdrawn)
            {
                Change(FindingChangeKind.Withdrawn, finding.Id, finding.PlatformForced);
            }
        }
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[insert, update, observe, absent, alias, attribute, forget, tell, keep, has])
        {
            statement.Dispose();
        }
    }

    private long Insert(Sight sight)
    {
        var (seen, finding) = (sight.Seen, sight.Seen.Finding);
        var id = insert.Number(
            run.PartnerId,
            run.AppId,
            run.HostingId,
            finding.Rule.Id,
            finding.Rule.Family,
            finding.Rule.Requirement.Id,
            seen.Fingerprint,
            (long)finding.Severity,
            finding.Cvss,
            (long)finding.Confidence,
            seen.Place,
            SeenReport.Shortened(finding.Location.Identity),
            seen.Spot,
            finding.Rule.RaisesTickets,
            sight.State,
            seen.IsVerified,
            seen.IsPlatformForced,
            sight.Scanner?.Name ?? "",
            (long)(sight.Scanner?.Version ?? 0),
            run.Id,
            session.Clock,
            sight.Confirms ? session.Clock : null,
            Keep(seen)
        );
        Tell(id, "opened", "seen for the first time");
        Change(FindingChangeKind.Opened, id, seen.IsPlatformForced);
        if (sight.Confirms)
        {
            Confirm(sight, id);
        }

        return id;
    }

    private long Update(Sight sight, KnownFinding finding)
    {
        if (sight.IsDecided)
        {
            return finding.Id;
        }

        var seen = sight.Seen;
        // Another tool's opinion of how bad it is stands beside ours.
        var isOurs =
            run.Source == RunSource.Ecoscanner
            || !known.AttributionsOf(finding).Any(attribution => attribution.GoneAt is null && attribution.Source == RunSource.Ecoscanner);
        var rule = seen.Finding.Rule;
        var cvss = isOurs ? seen.Finding.Cvss : finding.Cvss;
        var isRescored = !cvss.Equals(finding.Cvss);
        if (!isOurs)
        {
            // What it is and where stays ours.
            observe.Run(
                finding.Id,
                sight.State,
                seen.IsVerified || finding.Verified,
                sight.Observations,
                finding.ConfirmedAt ?? (sight.Confirms ? session.Clock : null),
                session.Clock
            );
        }
        else if (DigestOf(seen) is var digest && (sight.Opens || sight.Confirms || sight.State != finding.State || IsAnother(sight, finding, digest)))
        {
            update.Run(
                finding.Id,
                rule.Id,
                rule.Requirement.Id,
                (long)Rules.SeverityBand.Of(cvss),
                cvss,
                (long)seen.Finding.Confidence,
                seen.Place,
                SeenReport.Shortened(seen.Finding.Location.Identity),
                seen.Spot,
                rule.RaisesTickets,
                sight.State,
                seen.IsVerified || finding.Verified,
                seen.IsPlatformForced,
                sight.Observations,
                sight.Scanner?.Name ?? finding.Scanner,
                sight.Scanner?.Version ?? finding.ScannerVersion,
                finding.ConfirmedAt ?? (sight.Confirms ? session.Clock : null),
                session.Clock,
                Keep(seen, digest)
            );
        }

        if (sight.Opens)
        {
            Tell(finding.Id, "reopened", "seen again");
        }

        if (isRescored)
        {
            Tell(finding.Id, "rescored", Invariant($"{finding.Cvss:0.0} became {cvss:0.0}"));
            Change(FindingChangeKind.Rescored, finding.Id, seen.IsPlatformForced);
        }

        if (sight.Confirms)
        {
            Confirm(sight, finding.Id);
        }

        return finding.Id;
    }

    private static bool IsAnother(Sight sight, KnownFinding finding, string digest)
    {
        var seen = sight.Seen;
        return finding.State == FindingState.New
            || finding.CleanRuns > 0
            || seen.Finding.Rule.Id != finding.Rule
            || !seen.Finding.Cvss.Equals(finding.Cvss)
            || seen.Place != finding.Place
            || seen.Spot != finding.Spot
            || digest != finding.EvidenceDigest
            || (seen.IsVerified && !finding.Verified)
            || (long)seen.Finding.Confidence != finding.Confidence
            || seen.IsPlatformForced != finding.PlatformForced
            || (sight.Scanner is { } scanner && (scanner.Name != finding.Scanner || scanner.Version != finding.ScannerVersion));
    }

    private void Confirm(Sight sight, long id)
    {
        Tell(id, "confirmed", sight.Seen.IsVerified ? "shown by a positive control" : Invariant($"seen by {sight.Observations} runs"));
        Change(sight.Reopens ? FindingChangeKind.Reopened : FindingChangeKind.Confirmed, id, sight.Seen.IsPlatformForced);
    }

    private void Attribute(Sight sight, long id)
    {
        var (rule, cvss) = (sight.Seen.Finding.Rule.Id, sight.Seen.Finding.Cvss);
        var isKnown =
            sight.Known is { } finding
            && known
                .AttributionsOf(finding)
                .Any(attribution =>
                    attribution.Source == run.Source && attribution.ToolRule == rule && attribution.GoneAt is null && attribution.Cvss.Equals(cvss)
                );
        if (!isKnown)
        {
            attribute.Run(id, run.Source, rule, (long)sight.Seen.Finding.Severity, cvss, session.Clock);
        }
    }

    private string DigestOf(SeenFinding seen) => keys.Digest(run.PartnerId, FindingEvidence.Of(seen.Finding).StableBytes());

    private string Keep(SeenFinding seen, string? digest = null)
    {
        var evidence = FindingEvidence.Of(seen.Finding);
        digest ??= DigestOf(seen);
        if (has.Number(run.PartnerId, digest) == 0)
        {
            keep.Run(run.PartnerId, digest, keys.Seal(run.PartnerId, FindingEvidence.Purpose, evidence.Bytes()), session.Clock);
        }

        return digest;
    }

    private void Change(FindingChangeKind kind, long id, bool isForced) => changes.Add(new FindingChange(kind, id, run.Id, isForced));

    private void Tell(long id, string kind, string why) => tell.Run(id, session.Clock, kind, run.Id, run.Source, EventDetail.Of(why));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
