using Ecoscanner.Advisories;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Packages;

namespace Ecoscanner.Tests.Core.Advisories.Indexing;

public sealed class FixesTests : IDisposable
{
    private const string Name = "org.example:lib";

    private readonly MadeIndex made = new();

    [Fact]
    public void The_lowest_version_of_the_same_major_that_clears_all_is_advised()
    {
        var index = made.Of(
            MadeIndex.Maven("CVE-2026-0001", Name, "[1.0,1.5)", "[2.0,2.2)"),
            MadeIndex.Maven("CVE-2026-0002", Name, "[1.2,1.8)", "[2.0,2.4)"),
            MadeIndex.Maven("CVE-2026-0003", Name, "[1.6,1.7)")
        );
        Assert.Equal(new Fix("1.8", IsSameMajor: true), index.Fixes(Ecosystem.Maven, Name, "1.3"));
        Assert.Equal(new Fix("2.4", IsSameMajor: true), index.Fixes(Ecosystem.Maven, Name, "2.1"));
        // 1.5 clears the only one that affects it, but brings another.
        Assert.Equal(new Fix("1.8", IsSameMajor: true), index.Fixes(Ecosystem.Maven, Name, "1.1"));
    }

    [Fact]
    public void Where_the_major_has_none_the_next_that_clears_all_is_advised()
    {
        var index = made.Of(MadeIndex.Maven("CVE-2026-0001", Name, "[1.0,2.3)"), MadeIndex.Maven("CVE-2026-0002", Name, "[3.0,3.1)"));
        Assert.Equal(new Fix("2.3", IsSameMajor: false), index.Fixes(Ecosystem.Maven, Name, "1.3"));
    }

    [Fact]
    public void Without_a_known_fix_none_is_advised()
    {
        var index = made.Of(MadeIndex.Maven("CVE-2026-0001", Name, "(,1.5]"), MadeIndex.Maven("CVE-2026-0002", Name, "(,)") with { Score = null });
        Assert.Null(index.Fixes(Ecosystem.Maven, Name, "1.3"));
        Assert.Null(index.Fixes(Ecosystem.Maven, Name, "1.6"));
        Assert.Null(index.Fixes(Ecosystem.Maven, "other:lib", "1.6"));
        Assert.Null(index.Fixes(Ecosystem.Maven, Name, "${revision}"));
    }

    [Fact]
    public void Lesser_and_withdrawn_ones_do_not_push_further()
    {
        var index = made.Of(
            MadeIndex.Maven("CVE-2026-0001", Name, "[1.0,1.5)"),
            MadeIndex.Maven("CVE-2026-0002", Name, "[1.0,1.9)") with
            {
                Score = new AdvisoryScore(5.0, null, "made"),
            },
            MadeIndex.Maven("CVE-2026-0003", Name, "[1.0,1.8)") with
            {
                Withdrawn = MadeIndex.Built,
            }
        );
        Assert.Equal(new Fix("1.5", IsSameMajor: true), index.Fixes(Ecosystem.Maven, Name, "1.3"));
        Assert.Equal(new Fix("1.9", IsSameMajor: true), index.Fixes(Ecosystem.Maven, Name, "1.3", Ecoscanner.Rules.Severity.Low));
    }

    [Fact]
    public void A_release_is_advised_rather_than_a_pre_release()
    {
        var index = made.Of(MadeIndex.Npm("CVE-2026-0001", "lib", "[1.0.0,1.5.0-beta.1)", "[2.0.0,2.1.0)"));
        Assert.Equal(new Fix("2.1.0", IsSameMajor: false), index.Fixes(Ecosystem.Npm, "lib", "1.3.0"));
    }

    public void Dispose() => made.Dispose();
}
