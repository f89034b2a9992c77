using Ecoscanner.Advisories.Versions;
using Ecoscanner.Packages;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Bench;

/// <summary>A platform's database in the size that it is asked to bear: apps, findings and components, written straight into its tables.</summary>
internal static class MadePlatform
{
    public const int Partners = 2_000;
    public const int Apps = 50_000;
    public const int Findings = 1_000_000;
    public const int Components = 12_000_000;
    public const int Inventories = 40_000;
    private const int Packages = 60_000;
    private const int Seed = 7;

    // What real apps break, to how often.
    public static readonly (string Rule, string Requirement, int Severity, double Cvss)[] Rules =
    [
        ("hsts-missing", "Connect 3", 2, 6.8),
        ("tls-version-old", "Connect 3", 3, 7.5),
        ("page-unauthenticated", "Connect 1.1", 4, 9.1),
        ("token-forged-accepted", "Connect 1.2", 4, 9.8),
        ("library-vulnerable", "Data Center 9", 3, 7.5),
        ("library-vulnerable-minor", "Data Center 9", 2, 5.3),
        ("dependency-vulnerable", "Forge 9", 3, 8.1),
        ("request-forgery", "Forge 8", 3, 7.7),
        ("scope-unused", "Forge 4", 1, 3.1),
        ("referrer-policy-weak", "Connect 7.2", 1, 2.6),
    ];

    private static readonly Dictionary<string, (string Rule, string Requirement, int Severity, double Cvss)[]> RulesOf = new(StringComparer.Ordinal)
    {
        ["connect"] = [.. Rules.Where(rule => rule.Requirement.StartsWith("Connect", StringComparison.Ordinal))],
        ["forge"] = [.. Rules.Where(rule => rule.Requirement.StartsWith("Forge", StringComparison.Ordinal))],
        ["datacenter"] = [.. Rules.Where(rule => rule.Requirement.StartsWith("Data Center", StringComparison.Ordinal))],
    };

    public static void Write(Database database)
    {
        database.Write(WriteApps);
        for (var part = 0; part < 10; part++)
        {
            var from = part * (Findings / 10);
            database.Write(session => WriteFindings(session, from, from + (Findings / 10)));
        }

        database.Write(WriteTickets);
        database.Write(session => session.Execute("drop index component_inventory"));
        database.Write(WritePackages);
        var package = 0;
        var written = 0L;
        while (package < Packages)
        {
            database.Write(session => written += WriteComponents(session, ref package));
        }

        database.Write(session => session.Execute("create index component_inventory on component (inventory_id)"));
        Console.WriteLine($"made: {Apps:N0} apps, {Findings:N0} findings, {written:N0} components");
    }

    private static void WriteApps(Session session)
    {
        using var partner = new Statement(session, "insert into partner (id, key, name, created_at) values (@p0, @p1, @p1, 0)");
        using var app = new Statement(session, "insert into app (id, partner_id, key, name, ownership, created_at) values (@p0, @p1, @p2, @p3, 'granted', 0)");
        using var hosting = new Statement(session, "insert into app_hosting (id, app_id, hosting, created_at) values (@p0, @p0, @p1, 0)");
        using var version = new Statement(
            session,
            "insert into app_version (id, hosting_id, version, released_at, noticed_at, state) values (@p0, @p0, '1.0.0', 0, 0, 'public')"
        );
        using var run = new Statement(
            session,
            """
            insert into run (id, partner_id, app_id, hosting_id, version_id, trigger_key, reason, state, requested_by, queued_at, started_at, ended_at, complete)
            values (@p0, @p1, @p2, @p2, @p2, 'made', 'scheduled', 'done', 'made', @p3, @p3, @p3, 1)
            """
        );
        using var inventory = new Statement(
            session,
            "insert into inventory (id, version_id, hosting_id, app_id, partner_id, run_id, components, gaps, taken_at) values (@p0, @p0, @p0, @p0, @p1, @p2, 300, 0, 0)"
        );
        for (var i = 1L; i <= Partners; i++)
        {
            partner.Run(i, $"partner-{i}");
        }

        for (var i = 1L; i <= Apps; i++)
        {
            app.Run(i, PartnerOf(i), $"com.example.app{i}", $"App {i}");
            hosting.Run(i, HostingOf(i));
            version.Run(i);
            run.Run(RunOf(i), PartnerOf(i), i, 1_000_000 + i);
            if (i <= Inventories)
            {
                inventory.Run(i, PartnerOf(i), RunOf(i));
            }
        }
    }

    public static long PartnerOf(long app) => 1 + (app % Partners);

    public static string HostingOf(long app) =>
        (app % 3) switch
        {
            0 => "connect",
            1 => "forge",
            _ => "datacenter",
        };

    private static string RunOf(long app) => $"00000000-0000-7000-8000-{app:d12}";

    private static void WriteFindings(Session session, int from, int to)
    {
        using var insert = new Statement(
            session,
            """
            insert into finding (id, partner_id, app_id, hosting_id, hosting, rule, family, requirement, fingerprint, severity, cvss, confidence, place, place_identity,
                spot, raises_tickets, state, scanner, scanner_version, first_run, first_seen_at, changed_at)
            values (@p0, @p1, @p2, @p2, @p12, @p3, @p3, @p4, @p5, @p6, @p7, 2, @p8, @p8, @p8, 1, @p9, 'bundled-libraries', 1, @p10, @p11, @p11)
            """
        );
        using var alias = new Statement(session, "insert into finding_alias (hosting_id, fingerprint, finding_id) values (@p0, @p1, @p2)");
        using var attribution = new Statement(
            session,
            "insert into finding_attribution (finding_id, source, tool_rule, severity, cvss, first_seen_at) values (@p0, 'ecoscanner', @p1, @p2, @p3, 0)"
        );
        var random = new Random(Seed + from);
        for (var i = from + 1L; i <= to; i++)
        {
            // App after app, so that writing mostly appends.
            var app = 1 + ((i - 1) / (Findings / Apps));
            var hosting = HostingOf(app);
            var rules = RulesOf[hosting];
            var (rule, requirement, severity, cvss) = rules[random.Next(rules.Length)];
            var fingerprint = $"eco1:{i:x32}";
            var state = random.Next(100) switch
            {
                < 55 => "fixed",
                < 80 => "ticketed",
                < 90 => "confirmed",
                < 94 => "new",
                < 97 => "false-positive",
                _ => "withdrawn",
            };
            insert.Run(
                i,
                PartnerOf(app),
                app,
                rule,
                requirement,
                fingerprint,
                (long)severity,
                cvss,
                $"https://app{app}.example.com/page/{i}",
                state,
                RunOf(app),
                i,
                hosting
            );
            alias.Run(app, fingerprint, i);
            attribution.Run(i, rule, (long)severity, cvss);
        }
    }

    // Of each finding that has one, and of some that had one: 250,000 open, 137,000 closed.
    private static void WriteTickets(Session session) =>
        session.Execute(
            """
            insert into ticket (id, key, workflow, partner_id, app_id, hosting_id, rule, family, requirement, title, severity, cvss, cvss_vector, source, status,
                due_at, is_open, list_place, due_policy, due_explanation, reported_at, clock_started_at, clock_why, created_at, created_by, changed_at, closed_at)
            select id, 'AMS-' || id, 'ecoscanner-vulnerability', partner_id, app_id, hosting_id, rule, rule || id, requirement, rule, severity, cvss, '',
                case id % 1000 when 0 then 'bounty' else 'ecoscanner' end,
                case when state = 'fixed' then 'verified' when id % 50 = 1 then 'needs-security-review' else 'needs-patch' end,
                @Clock + id * 1000, state = 'ticketed', case when state = 'fixed' then 9223372036854775807 - id else @Clock + id * 1000 end, 2023, '',
                id, id, '', id, 'made', id, case when state = 'fixed' then id end
            from finding where state = 'ticketed' or (state = 'fixed' and id % 4 = 0)
            """,
            new { session.Clock }
        );

    public static string PackageName(int package) => $"org.example{package % 977}:library-{package}";

    private static void WritePackages(Session session)
    {
        using var insert = new Statement(session, "insert into package (id, ecosystem, name) values (@p0, 'maven', @p1)");
        for (var i = 0; i < Packages; i++)
        {
            insert.Run(i + 1L, PackageName(i));
        }
    }

    // In the order of the table's key, so that writing appends. Some libraries are in most apps, most in some.
    private static long WriteComponents(Session session, ref int package)
    {
        const int ChunkOfComponents = 1_000_000;
        using var insert = new Statement(
            session,
            "insert into component (package_id, inventory_id, place, version, version_key, shipped) values (@p0, @p1, @p2, @p3, @p4, 1)"
        );
        var keys = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var written = 0L;
        for (; package < Packages && written < ChunkOfComponents; package++)
        {
            var random = new Random(Seed + package);
            var share = Math.Min(0.9, 38.6 / (package + 20.0));
            for (var inventory = 1L; inventory <= Inventories; inventory++)
            {
                // To the next app that has it.
                inventory += (long)(Math.Log(1 - random.NextDouble()) / Math.Log(1 - share));
                if (inventory > Inventories)
                {
                    break;
                }

                var version = $"{random.Next(1, 7)}.{random.Next(30)}.{random.Next(10)}";
                if (!keys.TryGetValue(version, out var key))
                {
                    keys[version] = key = VersionOrder.Of(Ecosystem.Maven).Key(version)!.Value.Bytes.ToArray();
                }

                insert.Run(package + 1L, inventory, $"app.obr!/dependencies/plugin.jar!/META-INF/lib/library-{package}-{version}.jar", version, key);
                written++;
            }
        }

        return written;
    }
}
