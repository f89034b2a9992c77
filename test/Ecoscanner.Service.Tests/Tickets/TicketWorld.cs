using System.Globalization;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Tickets;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Tickets;

/// <summary>A database with two partners and an app each, a clock that the test moves, and a queue that only remembers.</summary>
internal sealed class TicketWorld : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 27, 9, 30, 0, TimeSpan.Zero);
    public static readonly ScannerCatalog Catalog = ScannerCatalog.Of(typeof(Scanners.TransportSecurity.TransportSecurityScanner).Assembly);

    private readonly string folder = Directory.CreateTempSubdirectory("ecoscanner-").FullName;
    private long findings;
    private int runs;

    public TicketWorld(DateTimeOffset? start = null)
    {
        Time = new ManualTime(start ?? Start);
        Database = Database.Open(Path.Combine(folder, "platform.db"), Time);
        Comments = new TicketComments((_, text) => [.. text.Reverse()], (_, text) => [.. text.Reverse()]);
        Verification = new TicketVerification(Queue);
        Transitions = new TicketTransitions(Comments, Verification);
        Filing = new TicketFiling(Catalog);
        Reports = new SecurityReports(Comments);
        Page = new TicketPage(Catalog, Comments);
        Database.Write(session =>
        {
            foreach (var id in (long[])[1, 2])
            {
                session.Execute("insert into partner (id, key, name, created_at) values (@id, @key, @key, 0)", new { id, key = $"partner-{id}" });
                session.Execute(
                    "insert into app (id, partner_id, key, name, ownership, created_at) values (@id, @id, @key, @key, 'proven', 0)",
                    new { id, key = $"app-{id}" }
                );
                session.Execute("insert into app_hosting (id, app_id, hosting, created_at) values (@id, @app, 'connect', 0)", new { id = id * 10, app = id });
                session.Execute(
                    "insert into app_hosting (id, app_id, hosting, created_at) values (@id, @app, 'datacenter', 0)",
                    new { id = (id * 10) + 1, app = id }
                );
            }
        });
    }

    public string File => Path.Combine(folder, "platform.db");
    public ManualTime Time { get; }
    public Database Database { get; }
    public TicketComments Comments { get; }
    public TicketVerification Verification { get; }
    public TicketTransitions Transitions { get; }
    public TicketFiling Filing { get; }
    public SecurityReports Reports { get; }
    public TicketPage Page { get; }
    public List<VerificationOrder> Orders { get; } = [];
    public string LastRun { get; private set; } = "";
    public long Clock => Time.GetUtcNow().ToUnixTimeMilliseconds();

    public static Principal Who(Role role, long? partner = 1) =>
        role is Role.System
            ? Principal.Platform
            : new()
            {
                Kind = role is Role.CiToken ? "token" : "account",
                Id = role.ToString(),
                Grants = [new Grant(role, role is Role.Triager or Role.Engineer or Role.Auditor ? null : partner, null)],
            };

    public static Principal Partner { get; } = Who(Role.PartnerResponder);
    public static Principal Staff { get; } = Who(Role.Triager);

    public void Days(double days) => Time.Advance(TimeSpan.FromDays(days));

    public string Run(string stage = "enforced", string state = "done", long hosting = 10, string? failure = null)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"run-{++runs}");
        Database.Write(session =>
            session.Execute(
                """
                insert into run (id, partner_id, app_id, hosting_id, trigger_key, reason, stage, state, requested_by, queued_at, started_at, complete, failure)
                values (@id, @app, @app, @hosting, @id, 'scheduled', @stage, @state, 'test', @Clock, @Clock, 1, @failure)
                """,
                new
                {
                    id,
                    app = hosting / 10,
                    hosting,
                    stage,
                    state,
                    session.Clock,
                    failure,
                }
            )
        );
        return id;
    }

    public long Finding(
        string rule = "hsts-missing",
        double cvss = 6.8,
        string place = "https://app.example/",
        string state = "confirmed",
        long hosting = 10,
        bool raises = true
    )
    {
        var id = ++findings;
        var run = Run(hosting: hosting);
        Database.Write(session =>
            session.Execute(
                """
                insert into finding (id, partner_id, app_id, hosting_id, hosting, rule, family, requirement, fingerprint, severity, cvss, confidence, place,
                    place_identity, raises_tickets, state, scanner, scanner_version, first_run, first_seen_at, changed_at)
                values (@id, @app, @app, @hosting, (select hosting from app_hosting where id = @hosting), @rule, @rule, 'Connect 3', @fingerprint, @severity, @cvss, 3, @place, @place, @raises, @state, 'scanner', 1, @run,
                    @Clock, @Clock)
                """,
                new
                {
                    id,
                    app = hosting / 10,
                    hosting,
                    rule,
                    fingerprint = $"fingerprint-{id}",
                    severity = (long)SeverityBand.Of(cvss),
                    cvss,
                    place,
                    raises = raises ? 1L : 0L,
                    state,
                    run,
                    session.Clock,
                }
            )
        );
        return id;
    }

    /// <summary>What ingestion does: the finding's row changes, and its tickets follow in the same transaction.</summary>
    public void Change(FindingChangeKind kind, long finding, string? run = null, bool forced = false, double? cvss = null)
    {
        run ??= Run();
        Database.Write(session =>
        {
            var state = kind switch
            {
                FindingChangeKind.Fixed => "fixed",
                FindingChangeKind.Removed => "unobserved",
                FindingChangeKind.Withdrawn => "withdrawn",
                FindingChangeKind.Opened => "new",
                FindingChangeKind.Rescored => null,
                _ => "confirmed",
            };
            if (state is not null)
            {
                session.Execute(
                    "update finding set state = @state, closed_at = @closed where id = @finding and not (state = 'ticketed' and @state = 'confirmed')",
                    new
                    {
                        finding,
                        state,
                        closed = FindingState.IsClosed(state) ? session.Clock : (long?)null,
                    }
                );
            }

            if (cvss is { } score)
            {
                session.Execute(
                    "update finding set cvss = @score, severity = @severity where id = @finding",
                    new
                    {
                        finding,
                        score,
                        severity = (long)SeverityBand.Of(score),
                    }
                );
            }

            Filing.Apply(session, run, [new FindingChange(kind, finding, run, forced)]);
        });
    }

    /// <summary>A finding that has its ticket.</summary>
    public TicketRow Ticket(string rule = "hsts-missing", double cvss = 6.8, string place = "https://app.example/", long hosting = 10)
    {
        var finding = Finding(rule, cvss, place, hosting: hosting);
        Change(FindingChangeKind.Confirmed, finding, Run(hosting: hosting));
        return TicketOf(finding)!;
    }

    public TicketRow? TicketOf(long finding) =>
        Database.Read(session =>
            session.Find<string>(
                "select t.key from ticket t join ticket_finding tf on tf.ticket_id = t.id where tf.finding_id = @finding order by t.id desc",
                new { finding }
            )
                is { } key
                ? TicketLookup.Find(session, Principal.Platform, key)
                : null
        );

    public TicketRow Read(string key) => Database.Read(session => TicketLookup.Find(session, Principal.Platform, key))!;

    public TransitionOutcome Move(Principal by, string key, string name, TransitionFields? fields = null, long? version = null) =>
        Database.Write(session =>
            Transitions.Move(
                session,
                by,
                key,
                version ?? TicketLookup.Find(session, Principal.Platform, key)?.RowVersion ?? 0,
                name,
                fields ?? TransitionFields.None
            )
        );

    public TicketRow Done(Principal by, string key, string name, TransitionFields? fields = null) =>
        Assert.IsType<TransitionOutcome.Done>(Move(by, key, name, fields)).Ticket;

    /// <summary>The run of the last order ends: what it showed of each finding, as ingestion writes it.</summary>
    public void Answer(string verdict, string reason = "as it should be", string state = "done", string? failure = null, bool narrowed = false)
    {
        var order = Orders[^1];
        var run = LastRun;
        Database.Write(session =>
        {
            session.Execute(
                "update run set state = @state, started_at = @Clock, ended_at = @Clock, failure = @failure, findings = @found where id = @run",
                new
                {
                    run,
                    state,
                    session.Clock,
                    failure,
                    found = narrowed && verdict == "fail" ? 1L : 0L,
                }
            );
            foreach (var rule in order.Rules.Where(_ => state == "done"))
            {
                // A run of some places leaves the app's checklist alone.
                session.Execute(
                    narrowed
                        ? "update rule_state set reason = reason where rule = @rule"
                        : """
                        insert into rule_state (hosting_id, rule, requirement, verdict, reason, scanner, scanner_version, run_id, checked_at)
                        values (@HostingId, @rule, '', @verdict, @reason, 'scanner', 1, @run, @Clock)
                        on conflict (hosting_id, rule) do update set verdict = excluded.verdict, reason = excluded.reason, run_id = excluded.run_id, checked_at = excluded.checked_at
                        """,
                    new
                    {
                        order.Ticket.HostingId,
                        rule,
                        verdict,
                        reason,
                        run,
                        session.Clock,
                    }
                );
                session.Execute(
                    verdict == "pass"
                        ? "update finding set clean_runs = clean_runs + 1, last_clean_at = @Clock where hosting_id = @HostingId and rule = @rule"
                        : "update finding set clean_runs = 0 where hosting_id = @HostingId and rule = @rule and @Clock > 0",
                    new
                    {
                        order.Ticket.HostingId,
                        rule,
                        session.Clock,
                    }
                );
            }

            Verification.Conclude(session, run);
        });
    }

    public void Hurry(string key) => Database.Write(session => Verification.Hurry(session, TicketLookup.Find(session, Partner, key)!));

    public void Upkeep() => new TicketUpkeep(Filing, Verification).Run(Database, endsThings: true, TestContext.Current.CancellationToken);

    public IReadOnlyList<T> List<T>(string sql) => Database.Read(session => session.List<T>(sql));

    public T One<T>(string sql) => Database.Read(session => session.One<T>(sql));

    public void Sql(string sql, object? values = null) => Database.Write(session => session.Execute(sql, values));

    public void Dispose()
    {
        Database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string Queue(Session session, VerificationOrder order)
    {
        Orders.Add(order);
        LastRun = $"verification-{Orders.Count}";
        session.Execute(
            """
            insert into run (id, partner_id, app_id, hosting_id, trigger_key, reason, state, requested_by, queued_at, ticket_id)
            values (@LastRun, @PartnerId, @AppId, @HostingId, @TriggerKey, 'verification', 'queued', 'test', @Clock, @Id)
            """,
            new
            {
                LastRun,
                order.Ticket.PartnerId,
                order.Ticket.AppId,
                order.Ticket.HostingId,
                order.TriggerKey,
                session.Clock,
                order.Ticket.Id,
            }
        );
        return LastRun;
    }
}
