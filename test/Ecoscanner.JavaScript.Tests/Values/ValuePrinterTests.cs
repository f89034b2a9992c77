using System.Text;
using System.Text.Json;
using Ecoscanner.JavaScript.Values;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Values;

public sealed class ValuePrinterTests
{
    [Fact]
    public void People_read_what_everything_may_be() => Golden.Matches(ValuePrinter.Text(PrintedProgram.Values), ".txt");

    [Fact]
    public void Programs_read_JSON() => Golden.Matches(Json(null).Replace("},{", "},\n{", StringComparison.Ordinal), ".json");

    [Fact]
    public void Graphviz_draws_objects_and_their_members() => Golden.Matches(ValuePrinter.Dot(PrintedProgram.Values), ".dot");

    [Theory]
    [InlineData("Client.get")]
    [InlineData("get")]
    public void One_function_may_be_asked_for(string name)
    {
        var text = ValuePrinter.Text(PrintedProgram.Values, name);
        Assert.StartsWith("src/lib.ts\n  8:12 Client.get", text);
        Assert.Equal(
            2,
            text.Split('\n')
                .Count(line => !line.StartsWith("   ", StringComparison.Ordinal) && line.Length > 0 && !line.StartsWith("gap", StringComparison.Ordinal))
        );
        using var json = JsonDocument.Parse(Json(name));
        Assert.Equal("Client.get", json.RootElement.GetProperty("functions")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void Nothing_in_a_source_steers_a_terminal()
    {
        foreach (var text in new[] { ValuePrinter.Text(PrintedProgram.Values), Json(null), ValuePrinter.Dot(PrintedProgram.Values) })
        {
            Assert.DoesNotContain(text, character => character is (< ' ' and not '\n') or (>= '\u007f' and < '\u00a0') or '\u202e');
        }
    }

    private static string Json(string? function)
    {
        using var json = new MemoryStream();
        ValuePrinter.WriteJson(PrintedProgram.Values, json, function);
        return Encoding.UTF8.GetString(json.ToArray());
    }
}
