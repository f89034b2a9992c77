using Ecoscanner.JavaScript.Taint;
using Ecoscanner.Scanners.ForgeAuthorization;

namespace Ecoscanner.Tests.Scanners.ForgeAuthorization;

public sealed class AnswerReadingTests
{
    private const string Imports = "import api, { authorize } from '@forge/api';";

    private const string Ask = "const response = await api.asUser().requestJira('/rest/api/3/issue/1'); const body = await response.json()";

    [Theory]
    [InlineData("response", "truthy", false)]
    [InlineData("body", "truthy", false)]
    [InlineData("response.headers", "truthy", false)]
    [InlineData("response.ok", "truthy", true)]
    [InlineData("response.ok", "true", true)]
    [InlineData("response.ok", "not false", true)]
    [InlineData("response.ok", "falsy", false)]
    [InlineData("response.status", "truthy", false)]
    [InlineData("response.status", "200", true)]
    [InlineData("response.status", "204", true)]
    [InlineData("response.status", "301", false)]
    [InlineData("response.status", "403", false)]
    [InlineData("response.status", "not 200", false)]
    [InlineData("response.status", "not 401", true)]
    [InlineData("response.status", "not 403", true)]
    [InlineData("response.status", "not 404", true)]
    [InlineData("response.status", "not 500", false)]
    [InlineData("response.status < 300", "truthy", true)]
    [InlineData("response.status < 300", "falsy", false)]
    [InlineData("response.status <= 299", "truthy", true)]
    [InlineData("response.status < 500", "truthy", false)]
    [InlineData("response.status < 200", "falsy", false)]
    [InlineData("response.status > 299", "falsy", true)]
    [InlineData("response.status >= 400", "falsy", true)]
    [InlineData("response.status >= 400", "truthy", false)]
    [InlineData("response.status >= 500", "falsy", false)]
    [InlineData("response.status >= 200", "truthy", false)]
    [InlineData("300 > response.status", "truthy", true)]
    [InlineData("400 <= response.status", "falsy", true)]
    [InlineData("400 <= response.status", "truthy", false)]
    [InlineData("200 <= response.status", "truthy", false)]
    [InlineData("body.fields.summary", "truthy", true)]
    public void A_products_answer_says_yes_where_it_is_no_refusal(string expression, string outcome, bool isYes)
    {
        var asked = AskedExpression.Of(expression, Ask, Imports);
        Assert.Equal(isYes, AnswerReading.OfResponse(asked.Condition(OutcomeOf(outcome)), asked.AnswerOf("requestJira")));
    }

    [Theory]
    [InlineData("response.ok", "truthy", false)]
    [InlineData("response.status", "200", false)]
    [InlineData("response.status < 300", "truthy", false)]
    [InlineData("body", "truthy", false)]
    [InlineData("'EDIT' in body", "truthy", false)]
    [InlineData("body.permissions.EDIT.havePermission", "truthy", true)]
    [InlineData("body.permissions.EDIT.havePermission", "falsy", false)]
    [InlineData("body.groups", "falsy", true)]
    public void What_stands_in_an_answer_says_more_than_that_there_was_one(string expression, string outcome, bool isYes)
    {
        var asked = AskedExpression.Of(expression, Ask, Imports);
        Assert.Equal(isYes, AnswerReading.OfContent(asked.Condition(OutcomeOf(outcome)), asked.AnswerOf("requestJira")));
    }

    [Theory]
    [InlineData("truthy", false, true)]
    [InlineData("falsy", false, true)]
    [InlineData("truthy", true, true)]
    [InlineData("falsy", true, false)]
    [InlineData("not -1", true, true)]
    [InlineData("-1", true, false)]
    public void What_is_not_known_may_mean_anything_but_as_a_rule_true_is_allowed(string outcome, bool isStrict, bool isYes) =>
        Assert.Equal(isYes, AnswerReading.IsPlausible(AskedExpression.Of("body.level", Ask, Imports).Condition(OutcomeOf(outcome), isStrict: isStrict)));

    [Theory]
    [InlineData("body.level !== x", "truthy", false)]
    [InlineData("body.level !== x", "falsy", true)]
    [InlineData("body.level === x", "truthy", true)]
    public void That_it_is_another_is_a_refusal_as_a_rule(string expression, string outcome, bool isYes) =>
        Assert.Equal(isYes, AnswerReading.IsPlausible(AskedExpression.Of(expression, Ask, Imports).Condition(OutcomeOf(outcome), isStrict: true)));

    [Theory]
    [InlineData("canEdit", "truthy", true, true)]
    [InlineData("canEdit", "falsy", true, false)]
    [InlineData("canEdit", "truthy", false, false)]
    public void A_check_is_a_promise_and_must_be_awaited(string check, string outcome, bool isAwaited, bool isYes)
    {
        var asked = AskedExpression.Of($"authorize().onJiraIssue(1).{check}()", "", Imports);
        Assert.Equal(isYes, AnswerReading.OfCheck(asked.Condition(OutcomeOf(outcome), isAwaited), asked.AnswerOf(check)));
    }

    [Theory]
    [InlineData("response.ok", true)]
    [InlineData("response.status === 200", true)]
    [InlineData("response.status > 299", true)]
    [InlineData("body.permissions", false)]
    [InlineData("body.count > 299", false)]
    public void How_a_request_went_says_nothing_of_a_caller(string expression, bool isTransport) =>
        Assert.Equal(isTransport, AnswerReading.IsOfTransport(AskedExpression.Of(expression, Ask, Imports).Condition(Outcome.Truthy)));

    private static Outcome OutcomeOf(string text) =>
        text switch
        {
            "truthy" => Outcome.Truthy,
            "falsy" => Outcome.Falsy,
            ['n', 'o', 't', ' ', .. var constant] => Outcome.EqualTo(constant).Not(),
            _ => Outcome.EqualTo(text),
        };
}
