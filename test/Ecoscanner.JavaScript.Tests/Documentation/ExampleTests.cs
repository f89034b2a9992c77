using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Documentation;

/// <summary>The example of docs/developing/javascript.md stands here too, and does what the page says.</summary>
public sealed class ExampleTests
{
    [Fact]
    public void The_example_prints_what_is_wrong_and_what_is_called()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "import { a } from 'm';\nfunction b() {}\nb(a(1), c());\nlet x = ;\n");
        using var output = new StringWriter { NewLine = "\n" };
        Example(path, output);
        File.Delete(path);
        Assert.Equal("4:9 expected an expression, found \";\"\n3:3 calls a\n3:1 calls b\n", output.ToString());
    }

    [Fact]
    public void The_page_has_the_example_as_it_stands_here()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "test", "Ecoscanner.JavaScript.Tests", "Documentation", "ExampleTests.cs"));
        var body = source[
            (source.IndexOf("StringWriter output)\n    {\n", StringComparison.Ordinal) + 27)..source.LastIndexOf("    }\n}", StringComparison.Ordinal)
        ];
        var example = string.Join('\n', body.Split('\n').Select(line => line.Length > 8 ? line[8..] : line.Trim()));
        Assert.Contains($"```csharp\n{example}```", File.ReadAllText(Path.Combine(Repository.Root, "docs", "developing", "javascript.md")));
    }

    private static void Example(string path, StringWriter output)
    {
        var tree = SyntaxTree.Parse(SourceText.Decode(File.ReadAllBytes(path), path));
        foreach (var diagnostic in tree.Diagnostics)
        {
            output.WriteLine($"{tree.Source.Lines.PositionOf(diagnostic.Span.Start)} {diagnostic.Message}");
        }

        var model = SemanticModel.Of(tree);
        for (var index = 1; index <= tree.NodeCount; index++)
        {
            if (tree.NodeAt(index) is { Kind: NodeKind.CallExpression } call && model.SymbolOf(call.Callee) is { Exists: true } callee)
            {
                output.WriteLine($"{tree.Source.Lines.PositionOf(call.Start)} calls {callee.Name}");
            }
        }
    }
}
