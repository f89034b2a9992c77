using Ecoscanner.JavaScript.Taint;
using Ecoscanner.Scanners.ForgeAuthorization;

namespace Ecoscanner.Tests.Scanners.ForgeAuthorization;

public sealed class ForeignGuardsTests
{
    [Theory]
    [InlineData("rights.assertCanEdit(x.id)", true)]
    [InlineData("rights.requireAdmin()", true)]
    [InlineData("rights.access.check(x.id)", true)]
    [InlineData("hasPermission(x.id)", true)]
    // What is only called like that, or does something else.
    [InlineData("rights.list(x.id)", false)]
    [InlineData("rights.isEmpty(x.id)", false)]
    [InlineData("rights.revokeAccess(x.id)", false)]
    [InlineData("mayView", false)]
    [InlineData("assertAccess(x.id)", false)]
    [InlineData("forge.checkAccess(x.id)", false)]
    [InlineData("own.checkAccess(x.id)", false)]
    public void A_function_of_a_package_that_is_not_here_may_authorise(string expression, bool isOne)
    {
        var asked = AskedExpression.Of(
            expression,
            "",
            """
            import * as rights from '@company/rules';
            import { hasPermission, mayView } from '@company/rules';
            import forge from '@forge/api';
            const own = { checkAccess: (id) => id };
            """
        );
        Assert.Equal(isOne, ForeignGuards.IsOne(asked.Condition(Outcome.Any)));
        Assert.Equal(isOne, ForeignGuards.IsOne(asked.Condition(Outcome.Truthy)));
        Assert.False(ForeignGuards.IsOne(asked.Condition(Outcome.Falsy)));
    }
}
