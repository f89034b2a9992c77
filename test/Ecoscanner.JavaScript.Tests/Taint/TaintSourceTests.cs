using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Tests.Taint;

/// <summary>What a framework hands to the functions that are registered with it may be a source.</summary>
public sealed class TaintSourceTests
{
    private const string Rules = """
        source require("framework").default.new().define(arg1:0)
        sink taint require("client").run(0)
        """;

    [Theory]
    [InlineData("app.define('a', (request) => run(request.body));", 1)]
    [InlineData("app.define('a', ({ body: { text } }) => run(`<${text}>`));", 1)]
    [InlineData("const handler = async (request) => run(request); app.define('a', handler);", 1)]
    [InlineData("const wrap = (inner) => (request) => inner(request.body); app.define('a', wrap((body) => run(body)));", 1)]
    [InlineData("class Page { open(request) { run(request.id); } } const page = new Page(); app.define('a', (request) => page.open(request));", 1)]
    [InlineData("const handlers = { a: (request) => run(request), b: run }; for (const key in handlers) app.define(key, handlers[key]);", 1)]
    [InlineData("app.define('a', (request, context) => run(context.id));", 0)]
    [InlineData("app.define('a', (request) => run(request.body.length));", 0)]
    [InlineData("app.listen('a', (request) => run(request.body));", 0)]
    [InlineData("const handler = (request) => run(request); handler('constant');", 0)]
    public void What_is_handed_over_is_tainted(string source, int count)
    {
        var text = $"import App from 'framework'; import {{ run }} from 'client'; const app = new App(); {source}";
        var program = ProgramValues.Of(ModuleGraph.From(new MemoryFiles([KeyValuePair.Create("main.js", text)]), ["main.js"]));
        var analysis = TaintAnalysis.Of(program, TaintRules.Parse(Rules));
        Assert.True(analysis.Findings.Length == count, string.Join('\n', analysis.Findings.Select(finding => finding.Message)));
    }
}
