namespace Ecoscanner.JavaScript.Syntax;

internal sealed partial class Parser
{
    private int ParseJsx() => MissingExpression();
}
