using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>Which nodes may throw by themselves, their operands aside.</summary>
internal static class Throwing
{
    // Even a name may: it may not be there, or be a constant. The list is of what can't, whatever the values are.
    public static bool May(NodeKind kind) =>
        kind
            is not (
                NodeKind.StringLiteral
                or NodeKind.NumericLiteral
                or NodeKind.BigIntLiteral
                or NodeKind.BooleanLiteral
                or NodeKind.NullLiteral
                or NodeKind.RegExpLiteral
                or NodeKind.ArrayExpression
                or NodeKind.FunctionExpression
                or NodeKind.ArrowFunctionExpression
                or NodeKind.FunctionDeclaration
                or NodeKind.LogicalExpression
                or NodeKind.ConditionalExpression
                or NodeKind.SequenceExpression
                or NodeKind.ChainExpression
                or NodeKind.MetaProperty
                or NodeKind.AssignmentPattern
                or NodeKind.VariableDeclarator
                or NodeKind.CatchClause
                or NodeKind.SwitchCase
                or NodeKind.BreakStatement
                or NodeKind.ContinueStatement
                or NodeKind.ReturnStatement
                or NodeKind.DebuggerStatement
                or NodeKind.ImportDeclaration
                or NodeKind.TSAsExpression
                or NodeKind.TSSatisfiesExpression
                or NodeKind.TSTypeAssertion
                or NodeKind.TSNonNullExpression
                or NodeKind.TSInstantiationExpression
            );
}
