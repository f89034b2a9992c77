#pragma warning disable CA1822
namespace Ecoscanner.JavaScript.Syntax;

internal sealed partial class Parser
{
    private int ParseTypeAnnotation() => MissingExpression();
    private int ParseReturnType() => MissingExpression();
    private int ParseType() => MissingExpression();
    private int ParseTypeParameters() => MissingExpression();
    private int ParseTypeArguments() => MissingExpression();
    private bool TryParseTypeArguments(out int typeArguments) { typeArguments = 0; return false; }
    private void ExpectGreaterThan() => Expect(TokenKind.GreaterThan);
    private bool TryParseGenericArrow(int start, NodeFlags flags, out int arrow) { arrow = 0; return false; }
    private int ParseConstEnum() => MissingExpression();
    private int ParseEnum(int start, NodeFlags flags) => MissingExpression();
    private int ParseTypeScriptDeclaration(int start, NodeFlags flags) => 0;
    private int ParseImportEquals(int start, int local, NodeFlags flags) => MissingExpression();
    private int ParseExportedImport(int start) => MissingExpression();
    private int ParseHeritageList(NodeKind kind) { MissingExpression(); return 0; }
    private bool IsIndexSignature() => false;
    private int ParseIndexSignature(int start, NodeFlags flags) => MissingExpression();
    private void CheckModifier(NodeFlags flags, NodeFlags modifier, bool isAccessor, NodeFlags classFlags) { }
}
