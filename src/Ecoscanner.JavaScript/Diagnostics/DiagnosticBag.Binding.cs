using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Diagnostics;

/// <remarks>What the binder says.</remarks>
internal sealed partial class DiagnosticBag
{
    public void Redeclaration(TextSpan span, string name) => Error("name-redeclared", span, $"\"{name}\" is declared already");

    public void MisplacedUsing(TextSpan span, bool isInCase) =>
        Error("using-misplaced", span, isInCase ? "\"using\" can't stand in a case itself; put it in a block" : "\"using\" can't stand at the top of a script");

    public void DuplicateExport(TextSpan span, string name) => Error("export-duplicate", span, $"the module exports \"{name}\" already");

    public void UndeclaredExport(TextSpan span, string name) => Error("export-undeclared", span, $"the module declares no \"{name}\" to export");
}
