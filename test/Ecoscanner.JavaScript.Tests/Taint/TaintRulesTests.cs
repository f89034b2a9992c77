using Ecoscanner.JavaScript.Taint;

namespace Ecoscanner.JavaScript.Tests.Taint;

/// <summary>Rules are read from lines, and a line that is none is named.</summary>
public sealed class TaintRulesTests
{
    [Fact]
    public void Rules_are_read_from_lines()
    {
        var rules = TaintRules.Parse(
            """
            # What comes from users.
            source require("x").read
            sink injection require("x").run(1)
            effect unasked require("x").delete(0)
            effect anyone require("x").clear()
            sanitizer encodeURIComponent
            guard unasked allowed(2) resolves-true
            guard unasked demand() returns

            """
        );
        Assert.Equal("require(\"x\").read", Assert.Single(rules.Sources).Path);
        Assert.Equal(
            [
                new TaintSink("injection", "require(\"x\").run", 1, false),
                new("unasked", "require(\"x\").delete", 0, true),
                new("anyone", "require(\"x\").clear", TaintGuard.Anything, true),
            ],
            rules.Sinks
        );
        Assert.Equal("encodeURIComponent", Assert.Single(rules.Sanitizers));
        Assert.Equal(
            [new TaintGuard("unasked", "allowed", 2, TaintAnswer.ResolvesTrue), new("unasked", "demand", TaintGuard.Anything, TaintAnswer.Returns)],
            rules.Guards
        );
    }

    [Theory]
    [InlineData("source")]
    [InlineData("source a b")]
    [InlineData("sink rule path")]
    [InlineData("sink rule path(x)")]
    [InlineData("sink path(0)")]
    [InlineData("guard rule path(0)")]
    [InlineData("guard rule path(0) maybe")]
    [InlineData("nothing of the kind")]
    public void A_line_that_is_no_rule_is_named(string line) =>
        Assert.Contains($"'{line}'", Assert.Throws<FormatException>(() => TaintRules.Parse($"source a\n{line}")).Message, StringComparison.Ordinal);
}
