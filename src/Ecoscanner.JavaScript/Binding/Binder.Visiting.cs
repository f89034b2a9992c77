using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Binding;

/// <remarks>What to do with each kind of node. Kinds that are frequent come without a detour over the stack.</remarks>
internal sealed partial class Binder
{
    private void Visit(int index)
    {
        while (index != 0)
        {
            ref readonly var node = ref _nodes[index];
            switch (node.Kind)
            {
                case NodeKind.Identifier:
                    Refer(index, ReferenceFlags.Read);
                    return;
                case NodeKind.StringLiteral
                or NodeKind.NumericLiteral
                or NodeKind.BooleanLiteral
                or NodeKind.NullLiteral
                or NodeKind.RegExpLiteral
                or NodeKind.BigIntLiteral
                or NodeKind.ThisExpression
                or NodeKind.TemplateElement
                or NodeKind.BreakStatement
                or NodeKind.ContinueStatement
                or NodeKind.MetaProperty
                or NodeKind.PrivateIdentifier
                or NodeKind.TSNamespaceExportDeclaration
                or NodeKind.TSExternalModuleReference
                or NodeKind.JSXIdentifier
                or NodeKind.JSXNamespacedName
                or NodeKind.ImportAttribute:
                    return;
                case NodeKind.MemberExpression:
                    if ((node.Flags & NodeFlags.Computed) != 0)
                    {
                        Push(Step.Visit, node.B);
                    }

                    index = node.A;
                    continue;
                case NodeKind.CallExpression or NodeKind.NewExpression:
                    CheckEval(node);
                    PushList(node.C);
                    PushVisit(node.B);
                    index = node.A;
                    continue;
                case NodeKind.BinaryExpression or NodeKind.LogicalExpression:
                    PushVisit(node.B);
                    index = node.A;
                    continue;
                case NodeKind.ConditionalExpression:
                    PushVisit(node.C);
                    PushVisit(node.B);
                    index = node.A;
                    continue;
                case NodeKind.ExpressionStatement
                or NodeKind.ReturnStatement
                or NodeKind.ThrowStatement
                or NodeKind.SpreadElement
                or NodeKind.AwaitExpression
                or NodeKind.YieldExpression
                or NodeKind.ChainExpression
                or NodeKind.TSNonNullExpression
                or NodeKind.TSTypeAnnotation
                or NodeKind.Decorator:
                    index = node.A;
                    continue;
                case NodeKind.UnaryExpression:
                    if (node.Detail == (byte)TokenKind.Typeof && KindOf(node.A) == NodeKind.Identifier)
                    {
                        Refer(node.A, ReferenceFlags.Read | ReferenceFlags.Typeof);
                        return;
                    }

                    index = node.A;
                    continue;
                case NodeKind.AssignmentExpression:
                    VisitAssignment(node);
                    return;
                case NodeKind.UpdateExpression:
                    Assign(node.A, ReferenceFlags.Read | ReferenceFlags.Write);
                    return;
                case NodeKind.IfStatement:
                    PushBranch(node.C);
                    PushBranch(node.B);
                    index = node.A;
                    continue;
                case NodeKind.BlockStatement:
                    VisitBlock(index, ScopeMarks.None);
                    return;
                case NodeKind.VariableDeclaration:
                    VisitVariables(node, isLoopHead: false);
                    return;
                case NodeKind.ObjectExpression or NodeKind.ArrayExpression or NodeKind.SequenceExpression:
                    PushList(node.A);
                    return;
                case NodeKind.Property:
                    VisitProperty(node);
                    return;
                case NodeKind.FunctionDeclaration or NodeKind.FunctionExpression or NodeKind.TSDeclareFunction or NodeKind.TSEmptyBodyFunctionExpression:
                    VisitFunction(index, ScopeMarks.None);
                    return;
                case NodeKind.ArrowFunctionExpression:
                    VisitArrow(index);
                    return;
                case NodeKind.LabeledStatement:
                    index = node.B;
                    continue;
                default:
                    if (!VisitStatement(index, node) && !VisitModuleItem(index, node) && !VisitTypeScript(index, node))
                    {
                        PushChildren(index);
                    }

                    return;
            }
        }
    }

    // Statements that are rarer, and classes.
    private bool VisitStatement(int index, in NodeRecord node)
    {
        switch (node.Kind)
        {
            case NodeKind.Program:
                VisitProgram(index);
                return true;
            case NodeKind.ForStatement:
                VisitFor(index);
                return true;
            case NodeKind.ForInStatement or NodeKind.ForOfStatement:
                VisitIteration(index);
                return true;
            case NodeKind.CatchClause:
                VisitCatch(index);
                return true;
            case NodeKind.SwitchStatement:
                Push(Step.Cases, index);
                PushVisit(node.A);
                return true;
            case NodeKind.WithStatement:
                Push(Step.With, index);
                PushVisit(node.A);
                return true;
            case NodeKind.ClassDeclaration or NodeKind.ClassExpression:
                VisitClass(index);
                return true;
            case NodeKind.MethodDefinition or NodeKind.TSAbstractMethodDefinition:
                if (node.C != 0)
                {
                    Push(Step.Method, node.C);
                }

                PushKey(node.B, node.Flags);
                PushList(node.A);
                return true;
            case NodeKind.PropertyDefinition or NodeKind.AccessorProperty or NodeKind.TSAbstractPropertyDefinition or NodeKind.TSAbstractAccessorProperty:
                VisitField(index);
                return true;
            case NodeKind.StaticBlock:
                EnterStaticBlock(index);
                return true;
            case NodeKind.JSXOpeningElement:
                PushList(node.C);
                PushVisit(node.B);
                VisitJsxName(node.A);
                return true;
            case NodeKind.JSXClosingElement:
                VisitJsxName(node.A);
                return true;
            case NodeKind.JSXAttribute:
                PushVisit(node.B);
                return true;
            // Patterns outside declarations and assignments are what an error left.
            case NodeKind.RestElement or NodeKind.ArrayPattern or NodeKind.ObjectPattern or NodeKind.AssignmentPattern:
                Assign(index, ReferenceFlags.Write);
                return true;
            default:
                return false;
        }
    }

    private void VisitProgram(int index)
    {
        ref readonly var node = ref _nodes[index];
        _isStrict = _tree.IsModule || _tree.Options.Strict || HasUseStrict(node.A);
        EnterScope(_tree.IsModule ? ScopeKind.Module : ScopeKind.Script, index, _isAmbient ? ScopeMarks.Ambient : ScopeMarks.None);
        PushList(node.A);
    }

    private void VisitAssignment(in NodeRecord node)
    {
        // The value is there before a pattern takes it apart; a name's own reading comes first.
        var flags = node.Detail == (byte)TokenKind.Equals ? ReferenceFlags.Write : ReferenceFlags.Read | ReferenceFlags.Write;
        if (KindOf(node.A) is NodeKind.ObjectPattern or NodeKind.ArrayPattern)
        {
            Push(Step.Assign, node.A, (int)flags);
            PushVisit(node.B);
            return;
        }

        PushVisit(node.B);
        Assign(node.A, flags);
    }

    /// <summary>An identifier, or the identifiers in a pattern, get a value.</summary>
    private void Assign(int index, ReferenceFlags flags)
    {
        while (index != 0)
        {
            ref readonly var node = ref _nodes[index];
            switch (node.Kind)
            {
                case NodeKind.Identifier:
                    Refer(index, flags);
                    return;
                case NodeKind.ObjectPattern or NodeKind.ArrayPattern:
                    PushList(node.A, Step.Assign, (int)flags);
                    return;
                case NodeKind.Property:
                    Push(Step.Assign, node.B, (int)flags);
                    PushKey(node.A, node.Flags);
                    return;
                case NodeKind.AssignmentPattern:
                    Push(Step.Assign, node.A, (int)flags);
                    PushVisit(node.B);
                    return;
                case NodeKind.RestElement:
                case NodeKind.TSNonNullExpression:
                    index = node.A;
                    continue;
                case NodeKind.TSAsExpression or NodeKind.TSSatisfiesExpression:
                    PushVisit(node.B);
                    index = node.A;
                    continue;
                case NodeKind.TSTypeAssertion:
                    PushVisit(node.A);
                    index = node.B;
                    continue;
                default:
                    Visit(index);
                    return;
            }
        }
    }

    private void VisitProperty(in NodeRecord node)
    {
        var isMethod = (node.Flags & NodeFlags.Method) != 0 || node.Detail != (byte)MethodKind.Normal;
        Push(isMethod ? Step.Method : Step.Visit, node.B);
        PushKey(node.A, node.Flags);
    }

    private void PushKey(int key, NodeFlags flags)
    {
        if ((flags & NodeFlags.Computed) != 0)
        {
            PushVisit(key);
        }
    }

    // eval(…) by that very name runs in the scope where it stands (ECMA-262 19.2.1.1), and sloppy code can declare variables there.
    private void CheckEval(in NodeRecord call)
    {
        ref readonly var callee = ref _nodes[call.A];
        if (
            callee.A != WellKnownNames.Eval
            || callee.Kind != NodeKind.Identifier
            || call.Kind != NodeKind.CallExpression
            || (call.Flags & NodeFlags.Optional) != 0
        )
        {
            return;
        }

        _scopes[_scope].Marks |= ScopeMarks.Eval;
        if (!_isStrict)
        {
            _scopes[_scopes[_scope].VarScope].Marks |= ScopeMarks.Dynamic;
            _hasDynamicScopes = true;
        }
    }

    // <a/> and <a-b/> are made by the platform; <A/> and <a.b/> name something here.
    private void VisitJsxName(int name)
    {
        var isMember = false;
        while (KindOf(name) == NodeKind.JSXMemberExpression)
        {
            isMember = true;
            name = _nodes[name].A;
        }

        ref readonly var node = ref _nodes[name];
        if (node.Kind != NodeKind.JSXIdentifier)
        {
            return;
        }

        var text = _tree.Source.Content.AsSpan(node.Start, node.End - node.Start);
        var isIntrinsic = !isMember && (text.IsEmpty || char.IsAsciiLetterLower(text[0]) || text.Contains('-'));
        if (!isIntrinsic && text is not "this")
        {
            Refer(name, ReferenceFlags.Read);
        }
    }
}
