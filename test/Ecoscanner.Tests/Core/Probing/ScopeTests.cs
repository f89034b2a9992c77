using Ecoscanner.Probing;

namespace Ecoscanner.Tests.Core.Probing;

public sealed class ScopeTests
{
    [Theory]
    [InlineData("app.example", 9443, true)]
    [InlineData("APP.example.", 443, true)]
    [InlineData("app.example", 80, true)]
    [InlineData("app.example", 8080, true)]
    [InlineData("app.example", 22, false)]
    [InlineData("sub.app.example", 443, false)]
    [InlineData("example", 443, false)]
    [InlineData("app.example.evil.example", 443, false)]
    public void A_host_that_serves_the_descriptor_may_be_asked_on_its_port_and_those_of_apps(string host, int port, bool allowed)
    {
        var scope = new Scope(Probes.Options);
        scope.Prove("app.example", 9443);
        Assert.Equal(allowed, scope.Refusal(host, port) is null);
    }

    [Fact]
    public void Without_proof_or_approval_no_host_is_asked()
    {
        var scope = new Scope(Probes.Options with { AllowedPrivate = ["staging.example:443"] });
        var refusal = scope.Refusal("staging.example", 443);
        Assert.Equal(ProbeFailureKind.OutOfScope, refusal!.Kind);
        Assert.Contains("--approve-host staging.example", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app.example", 8443, true)]
    [InlineData("app.example", 443, true)]
    [InlineData("app.example", 80, false)]
    [InlineData("other.example", 8443, false)]
    public void A_named_host_may_be_asked_for_the_descriptor_and_over_https(string host, int port, bool allowed)
    {
        var scope = new Scope(Probes.Options);
        scope.Name(new Uri("http://App.example:8443/atlassian-connect.json"));
        Assert.Equal(allowed, scope.Refusal(host, port) is null);
    }

    [Theory]
    [InlineData("whole.example", 443, true)]
    [InlineData("whole.example", 8080, true)]
    [InlineData("whole.example", 9000, false)]
    [InlineData("one.example", 8443, true)]
    [InlineData("one.example", 443, false)]
    [InlineData("xn--bcher-kva.example", 443, true)]
    public void An_approval_means_what_it_says(string host, int port, bool allowed)
    {
        var scope = new Scope(Probes.Options with { ApprovedHosts = ["whole.example", "one.example:8443", "bücher.example"] });
        Assert.Equal(allowed, scope.Refusal(host, port) is null);
    }

    [Fact]
    public void An_exception_for_private_addresses_opens_its_port_on_a_proven_host()
    {
        var scope = new Scope(Probes.Options with { AllowedPrivate = ["app.example:9000"] });
        scope.Prove("app.example", 443);
        Assert.Null(scope.Refusal("app.example", 9000));
        Assert.NotNull(scope.Refusal("app.example", 9001));
    }

    [Theory]
    [InlineData("app.example", 443)]
    [InlineData("deep.sub.app.example", 443)]
    [InlineData("app.example", 8443)]
    public void A_denied_host_wins_over_everything(string host, int port)
    {
        var scope = new Scope(Probes.Options with { ApprovedHosts = [host, $"{host}:8443"], DeniedHosts = ["App.example."] });
        scope.Prove(host, 443);
        Assert.Equal(ProbeFailureKind.Denied, scope.Refusal(host, port)!.Kind);
    }

    [Fact]
    public void A_host_that_only_ends_like_a_denied_one_is_not_denied()
    {
        var scope = new Scope(Probes.Options with { ApprovedHosts = ["myapp.example"], DeniedHosts = ["app.example"] });
        Assert.Null(scope.Refusal("myapp.example", 443));
    }

    [Theory]
    [InlineData("https://app.example")]
    [InlineData("")]
    public void An_entry_that_is_no_host_is_said_to_be_none(string entry)
    {
        Assert.Contains(
            $"'{entry}'",
            Assert.Throws<ArgumentException>(() => new Scope(Probes.Options with { DeniedHosts = [entry] })).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => new Scope(Probes.Options with { ApprovedHosts = [entry] }));
        Assert.Throws<ArgumentException>(() => new Scope(Probes.Options with { AllowedPrivate = [entry] }));
    }

    [Fact]
    public void An_exception_for_private_addresses_names_a_port() =>
        Assert.Contains(
            "localhost:PORT",
            Assert.Throws<ArgumentException>(() => new Scope(Probes.Options with { AllowedPrivate = ["localhost"] })).Message,
            StringComparison.Ordinal
        );
}
