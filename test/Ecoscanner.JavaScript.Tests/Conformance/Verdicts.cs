using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>What parser and binder say of a program together, as suites ask it: is it one?</summary>
internal static class Verdicts
{
    public static ParseOptions Options(bool module, bool strict = false) => new() { Goal = module ? SourceGoal.Module : SourceGoal.Script, Strict = strict };

    /// <summary>The first error; null where there is none.</summary>
    public static Diagnostic? FirstError(string source, ParseOptions options)
    {
        var tree = SyntaxTree.Parse(new SourceText(source), options);
        return Error(tree.Diagnostics) ?? Error(SemanticModel.Of(tree).Diagnostics);
    }

    private static Diagnostic? Error(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
