using Ecoscanner.Rules;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Policies;
using Ecoscanner.Service.Tests.Tickets;

namespace Ecoscanner.Service.Tests.Policies;

public sealed class PolicyTests : IDisposable
{
    private readonly TicketWorld world = new();

    [Theory]
    [InlineData(2022, Severity.Critical, 28, 90, "hide", "hide")]
    [InlineData(2022, Severity.High, 42, 90, "delist", "hide")]
    [InlineData(2022, Severity.Medium, 56, 90, "none", "hide")]
    [InlineData(2022, Severity.Low, 175, 180, "none", "none")]
    [InlineData(2023, Severity.Critical, 28, 84, "hide", "hide")]
    [InlineData(2023, Severity.High, 42, 84, "delist", "hide")]
    [InlineData(2023, Severity.Medium, 56, 84, "none", "hide")]
    [InlineData(2023, Severity.Low, 175, 175, "none", "none")]
    public void Each_version_has_its_days_and_its_proposals(
        int version,
        Severity severity,
        int cloud,
        int dataCenter,
        string cloudBreach,
        string dataCenterBreach
    )
    {
        var policy = PolicyBook.BugFixVersion(version)!;
        Assert.Equal(TimeSpan.FromDays(cloud), policy.Duration(severity, Hosting.Cloud));
        Assert.Equal(TimeSpan.FromDays(dataCenter), policy.Duration(severity, Hosting.DataCenter));
        Assert.Equal(cloudBreach, policy.BreachOf(severity, Hosting.Cloud).Proposal.Word());
        Assert.Equal(dataCenterBreach, policy.BreachOf(severity, Hosting.DataCenter).Proposal.Word());
    }

    [Fact]
    public void Bounty_reports_have_two_weeks_of_triage_since_2023()
    {
        Assert.Equal(TimeSpan.Zero, PolicyBook.BugFixVersion(2022)!.TriageOf("bounty"));
        Assert.Equal(TimeSpan.FromDays(14), PolicyBook.BugFixVersion(2023)!.TriageOf("bounty"));
        Assert.Equal(TimeSpan.Zero, PolicyBook.BugFixVersion(2023)!.TriageOf("pentest"));
    }

    [Theory]
    [InlineData("2019-01-01T00:00:00Z", 2022)]
    [InlineData("2022-12-06T00:00:00Z", 2022)]
    [InlineData("2023-10-07T23:59:59.999Z", 2022)]
    [InlineData("2023-10-08T00:00:00Z", 2023)]
    [InlineData("2026-11-27T00:00:00Z", 2023)]
    public void The_version_in_force_is_that_of_the_day(string at, int version) =>
        Assert.Equal(
            version,
            world.Database.Read(session =>
                PolicyBook.BugFixInForce(session, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)).Version
            )
        );

    [Fact]
    public void A_version_is_put_in_force_by_who_manages_policies_for_a_day_to_come_with_a_reason()
    {
        var engineer = TicketWorld.Who(Role.Engineer);
        var tomorrow = world.Time.GetUtcNow().AddDays(1);
        world.Database.Write(session =>
        {
            Assert.NotNull(PolicyBook.PutInForce(session, TicketWorld.Staff, "bug-fix", 2022, tomorrow, "why"));
            Assert.NotNull(PolicyBook.PutInForce(session, engineer, "bug-fix", 1999, tomorrow, "why"));
            Assert.NotNull(PolicyBook.PutInForce(session, engineer, "bug-fix", 2022, tomorrow.AddDays(-2), "why"));
            Assert.NotNull(PolicyBook.PutInForce(session, engineer, "bug-fix", 2022, tomorrow, " "));
            Assert.Null(PolicyBook.PutInForce(session, engineer, "bug-fix", 2022, tomorrow, "a test"));
        });
        Assert.Equal(2023, world.Database.Read(session => PolicyBook.BugFixInForce(session, tomorrow.AddMilliseconds(-1)).Version));
        Assert.Equal(2022, world.Database.Read(session => PolicyBook.BugFixInForce(session, tomorrow).Version));
        Assert.Equal(["policy.in-force"], world.List<string>("select action from audit_event where partner_id = 0"));
        Assert.Equal(4, world.Database.Read(session => PolicyBook.History(session, long.MaxValue, 100).Count));
    }

    [Fact]
    public void Unstable_checks_are_rules_that_exist()
    {
        var unstable = world.Database.Read(PolicyBook.OperationInForce).Unstable;
        Assert.All(unstable.Rules, rule => Assert.NotNull(TicketWorld.Catalog.Rule(rule)));
        Assert.Equal((2, TimeSpan.FromHours(6)), (unstable.Runs, unstable.Apart));
        Assert.True(unstable.Holds("install-unsigned"));
        Assert.False(unstable.Holds("hsts-missing"));
    }

    [Theory]
    [InlineData("https://app.heroku.example/x", true)]
    [InlineData("app.heroku.example:443", true)]
    [InlineData("https://heroku.example", true)]
    [InlineData("https://notheroku.example/", false)]
    [InlineData("https://heroku.example.evil.example/", false)]
    public void An_exemption_covers_its_host_and_what_is_below(string place, bool covered)
    {
        var engineer = TicketWorld.Who(Role.Engineer);
        world.Database.Write(session =>
            Assert.Null(
                PlatformExemptions.Add(
                    session,
                    engineer,
                    "tls-version-old",
                    "heroku.example",
                    "the host's own",
                    "Heroku",
                    session.Now,
                    session.Now.AddDays(100)
                )
            )
        );
        Assert.Equal(covered, world.Database.Read(session => PlatformExemptions.Covering(session, "tls-version-old", place)) is not null);
        Assert.Null(world.Database.Read(session => PlatformExemptions.Covering(session, "hsts-missing", place)));
        world.Days(100);
        Assert.Null(world.Database.Read(session => PlatformExemptions.Covering(session, "tls-version-old", place)));
    }

    [Fact]
    public void An_exemption_ends_within_a_year_and_can_be_withdrawn()
    {
        var engineer = TicketWorld.Who(Role.Engineer);
        world.Database.Write(session =>
        {
            Assert.NotNull(PlatformExemptions.Add(session, engineer, "tls-version-old", null, "why", "who", session.Now, session.Now.AddDays(500)));
            Assert.NotNull(PlatformExemptions.Add(session, TicketWorld.Staff, "tls-version-old", null, "why", "who", session.Now, session.Now.AddDays(5)));
            Assert.Null(PlatformExemptions.Add(session, engineer, "tls-version-old", null, "why", "who", session.Now, session.Now.AddDays(5)));
            var id = Assert.Single(PlatformExemptions.All(session)).Id;
            Assert.Null(PlatformExemptions.Withdraw(session, engineer, id, "a mistake"));
            Assert.NotNull(PlatformExemptions.Withdraw(session, engineer, id, "a mistake"));
            Assert.Null(PlatformExemptions.Covering(session, "tls-version-old", "https://a.example/"));
        });
    }

    public void Dispose() => world.Dispose();
}
