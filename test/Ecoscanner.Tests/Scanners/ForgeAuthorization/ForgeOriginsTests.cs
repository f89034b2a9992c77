using Ecoscanner.JavaScript.Taint;
using Ecoscanner.Scanners.ForgeAuthorization;

namespace Ecoscanner.Tests.Scanners.ForgeAuthorization;

public sealed class ForgeOriginsTests
{
    [Theory]
    [InlineData("forge:request.payload", "payload")]
    [InlineData("forge:request.payload.issueKey", "payload.issueKey")]
    [InlineData("forge:request.payload.issue.key", "payload.issue")]
    [InlineData("forge:request.payload[*]", "payload")]
    [InlineData("forge:request.payload.trim()", "payload")]
    [InlineData("forge:request.payloads", null)]
    [InlineData("forge:request", null)]
    [InlineData("forge:request.context.accountId", "context.accountId")]
    [InlineData("forge:request.context.extension.issue.key", "context.extension.issue.key")]
    [InlineData("forge:request.context.extension.issue.key.trim()", "context.extension.issue.key")]
    [InlineData("forge:payload.body", "payload.body")]
    [InlineData("forge:payload.context.accountId", "context.accountId")]
    [InlineData("forge:context.principal.accountId", "context.principal.accountId")]
    [InlineData("process.env.SECRET", "env.SECRET")]
    [InlineData("process.environment", null)]
    [InlineData("require(\"@forge/ui\").useProductContext().accountId", "context.accountId")]
    [InlineData("require(\"@forge/api\").getAppContext().environmentType", "context.environmentType")]
    [InlineData("require(\"@forge/ui\").Form(arg0:0).name", "payload.form")]
    [InlineData("require(\"@forge/ui\").Form()", null)]
    [InlineData("require(\"other\").payload", null)]
    public void A_path_has_the_name_of_what_is_sent_or_said(string path, string? name) => Assert.Equal(name, ForgeOrigins.NameOf(path));

    [Theory]
    [InlineData("payload", true, false, false)]
    [InlineData("payload.id", true, false, false)]
    [InlineData("payloads", false, false, false)]
    [InlineData("context.accountId", false, true, false)]
    [InlineData("context.extension.config.key", false, true, true)]
    [InlineData("context.extension.issue", false, true, false)]
    [InlineData("env.KEY", false, false, false)]
    public void An_origin_is_the_callers_or_the_platforms(string name, bool isCallers, bool isPlatforms, bool isConfigured)
    {
        var origin = new Origin(name, default);
        Assert.Equal(
            (isCallers, isPlatforms, isConfigured),
            (ForgeOrigins.IsCallers(origin), ForgeOrigins.IsPlatforms(origin), ForgeOrigins.IsConfigured(origin))
        );
    }

    [Theory]
    [InlineData("require(\"@forge/api\").default.asApp().requestJira", "@forge/api", "asApp()|requestJira")]
    [InlineData("require(\"x\")", "x", "")]
    [InlineData("process.env.KEY", null, "process|env|KEY")]
    [InlineData("require(\"x", null, "require(\"x")]
    public void A_path_has_a_package_and_steps(string path, string? package, string steps)
    {
        var (found, parts) = PathSteps.Of(path);
        Assert.Equal((package, steps), (found, string.Join('|', parts)));
    }
}
