using Ecoscanner.Scanners.ForgeAuthorization;

namespace Ecoscanner.Tests.Scanners.ForgeAuthorization;

public sealed class PartsTests
{
    [Theory]
    [InlineData("x", "x")]
    [InlineData("'a'", "'a'")]
    [InlineData("`note-${x.space}-${x.id}`", "x.space | x.id")]
    [InlineData("'note-' + x.id", "'note-' | x.id")]
    [InlineData("[x.a, ...x.rest]", "x.a | x.rest")]
    [InlineData("JSON.stringify({ text: x.text, more: { a: x.a } })", "x.text | x.a")]
    [InlineData("({ ...x.all, text: x.text })", "x.all | x.text")]
    // What names a thing says what is meant.
    [InlineData("({ issueId: x.id, text: x.text })", "x.id")]
    [InlineData("({ 'project': { key: x.key, name: x.name }, summary: x.summary })", "x.key")]
    [InlineData("{}.a", "{}.a")]
    public void A_body_or_key_is_taken_apart(string expression, string parts)
    {
        var asked = AskedExpression.Of(expression);
        Assert.Equal(parts, string.Join(" | ", Parts.Of(asked.Values, asked.Expression).Select(part => part.Text.ToString())));
    }

    [Fact]
    public void A_constant_is_what_it_stands_for()
    {
        var asked = AskedExpression.Of("key", "const key = `note-${x.id}`");
        Assert.Equal("x.id", Assert.Single(Parts.Of(asked.Values, asked.Expression)).Text);
        var changed = AskedExpression.Of("key", "let key = `note-${x.id}`; key = 'a'");
        Assert.Equal("key", Assert.Single(Parts.Of(changed.Values, changed.Expression)).Text);
    }

    [Fact]
    public void What_is_nested_too_deeply_stays_whole()
    {
        var nested = AskedExpression.Of($"{string.Concat(Enumerable.Repeat("[", 20))}x{new string(']', 20)}");
        Assert.Equal($"{new string('[', 14)}x{new string(']', 14)}", Assert.Single(Parts.Of(nested.Values, nested.Expression)).Text);
        var many = AskedExpression.Of($"[{string.Join(',', Enumerable.Range(0, 500).Select(number => $"x.a{number}"))}]");
        Assert.Equal(64, Parts.Of(many.Values, many.Expression).Count());
    }

    [Theory]
    [InlineData("route`/rest/api/3/issue/${x.key}`", "x.key")]
    [InlineData("route`/rest/api/3/issue/${x.key}/comment/${x.id}?expand=${x.expand}`", "x.key | x.id")]
    [InlineData("route`/rest/api/3/search?jql=${x.jql}`", "x.jql")]
    [InlineData("route`/rest/api/3/field`", "")]
    [InlineData("x.path", "x.path")]
    public void The_holes_of_a_routes_path_say_what_is_meant(string route, string parts)
    {
        var asked = AskedExpression.Of(route, "", "import { route } from '@forge/api';");
        Assert.Equal(parts, string.Join(" | ", Parts.OfRoute(asked.Values, asked.Expression).Select(part => part.Text.ToString())));
    }
}
