using System.Globalization;
using Ecoscanner.Rules;
using Ecoscanner.Service.Policies;

namespace Ecoscanner.Service.Tests.Policies;

public sealed class DueDateTests
{
    private static readonly BugFixPolicy Policy = PolicyBook.BugFixVersion(2023)!;

    [Fact]
    public void It_is_explained_in_words_that_can_be_checked()
    {
        var due = DueDate.For(Policy, Severity.Critical, Hosting.Cloud, DueClock.Reported(At("2026-11-27T09:30:00Z")));
        Assert.Equal(At("2026-12-25T09:30:00Z"), due.At);
        Assert.Equal(2023, due.PolicyVersion);
        Assert.Equal("critical on cloud: 4 weeks from 27 Nov 2026, when it was reported, by the Security Bug Fix Policy of October 2023", due.Explanation);
    }

    [Theory]
    [InlineData("2026-03-08T01:59:59.999Z", "2026-04-05T01:59:59.999Z")] // Clocks change in America and Europe meanwhile.
    [InlineData("2028-02-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("2028-02-29T23:59:59.999Z", "2028-03-28T23:59:59.999Z")]
    [InlineData("2027-02-01T00:00:00Z", "2027-03-01T00:00:00Z")]
    [InlineData("2026-12-10T12:00:00Z", "2027-01-07T12:00:00Z")]
    public void Four_weeks_are_28_days_to_the_millisecond(string start, string due) =>
        Assert.Equal(At(due), DueDate.For(Policy, Severity.Critical, Hosting.Cloud, DueClock.Reported(At(start))).At);

    [Fact]
    public void Days_that_are_no_weeks_are_written_as_days() =>
        Assert.Contains(
            "90 days from",
            DueDate.For(PolicyBook.BugFixVersion(2022)!, Severity.High, Hosting.DataCenter, DueClock.Reported(At("2023-01-01T00:00:00Z"))).Explanation,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_bounty_report_has_its_triage_first()
    {
        var due = DueDate.For(Policy, Severity.High, Hosting.Cloud, DueClock.Triaged(Policy, "bounty", At("2026-11-27T00:00:00Z")));
        Assert.Equal(At("2027-01-22T00:00:00Z"), due.At);
        Assert.Equal(
            "high on cloud: 6 weeks from 11 Dec 2026, after two weeks of triage of the report of 27 Nov 2026, by the Security Bug Fix Policy of October 2023",
            due.Explanation
        );
    }

    [Theory]
    [InlineData("2026-11-28T00:00:00Z", "2026-12-11T00:00:00Z")]
    [InlineData("2026-12-11T00:00:00Z", "2026-12-11T00:00:00Z")]
    [InlineData("2026-12-20T00:00:00Z", "2026-12-20T00:00:00Z")]
    public void A_triage_that_takes_longer_is_not_the_partners_time(string confirmed, string start) =>
        Assert.Equal(At(start), DueClock.Triaged(Policy, "bounty", At("2026-11-27T00:00:00Z"), At(confirmed)).StartedAt);

    [Fact]
    public void A_score_of_zero_is_never_due() =>
        Assert.Null(DueDate.For(Policy, Severity.None, Hosting.Cloud, DueClock.Reported(At("2026-11-27T00:00:00Z"))).At);

    [Fact]
    public void A_later_moment_is_told_with_its_reason()
    {
        var due = DueDate
            .For(Policy, Severity.Critical, Hosting.Cloud, DueClock.Reported(At("2026-11-27T00:00:00Z")))
            .NotBefore(At("2027-01-01T00:00:00Z"), "so it is");
        Assert.Equal(At("2027-01-01T00:00:00Z"), due.At);
        Assert.EndsWith("; moved to 1 Jan 2027: so it is", due.Explanation, StringComparison.Ordinal);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
