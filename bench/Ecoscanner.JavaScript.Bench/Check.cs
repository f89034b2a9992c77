using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Bench;

/// <summary>Prints what does not parse of the files that a list names.</summary>
internal static class Check
{
    public static bool Run(string list)
    {
        var files = File.ReadAllLines(list).Where(line => line.Length > 0).ToList();
        var wrong = 0;
        foreach (var file in files)
        {
            var tree = SyntaxTree.Parse(SourceText.Decode(File.ReadAllBytes(file), file));
            if (tree.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } error)
            {
                wrong++;
                Console.WriteLine($"{file}:{tree.Source.Lines.PositionOf(error.Span.Start)}: {error.Message}");
            }
        }

        Console.WriteLine($"{files.Count} files, {wrong} with errors");
        return wrong == 0;
    }
}
