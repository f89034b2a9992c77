namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>What TypeScript's syntax leaves at run time.</remarks>
public readonly partial struct Node
{
    /// <summary>
    /// Whether nothing of it runs: types and what stands in them, interfaces, overloads, what is only declared, imports and exports that are
    /// said to be types, namespaces without values, and all of a declaration file. False where it does not exist.
    /// </summary>
    /// <remarks>
    /// Syntax alone tells: <c>import { A }</c> is not erased, whatever A turns out to be, and nor is <c>import { type A }</c>, which still
    /// loads its module where <c>verbatimModuleSyntax</c> is set; the name in it is.
    /// </remarks>
    public bool IsErased => Exists && Tree.IsErasedAt(_index);

    /// <summary>
    /// What an expression or target is at run time: what <c>as</c>, <c>satisfies</c>, <c>!</c>, <c>&lt;T&gt;a</c> and <c>a&lt;T&gt;</c> stand
    /// around, however many there are. The node itself where there are none.
    /// </summary>
    public Node WithoutAssertions
    {
        get
        {
            var node = this;
            while (node.IsAssertion)
            {
                node = node.Expression;
            }

            return node;
        }
    }

    private bool IsAssertion =>
        Kind
            is NodeKind.TSAsExpression
                or NodeKind.TSSatisfiesExpression
                or NodeKind.TSTypeAssertion
                or NodeKind.TSNonNullExpression
                or NodeKind.TSInstantiationExpression;
}
