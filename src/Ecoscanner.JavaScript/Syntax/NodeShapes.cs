using static Ecoscanner.JavaScript.Syntax.NodeRole;

namespace Ecoscanner.JavaScript.Syntax;

/// <summary>The one table of what each kind of node consists of, in the order of the source; parser, walkers and printers all follow it.</summary>
internal static class NodeShapes
{
    /// <summary>How many fields stand in the record itself; a kind with more keeps all of them among the lists.</summary>
    public const int InlineFields = 3;

    public const int RoleCount = (int)ParameterName + 1;

    private static readonly NodeField[][] Shapes = MakeShapes();

    // The place of a role among a kind's fields, from 1; 0 where it has none.
    private static readonly byte[] Places = MakePlaces();

    /// <summary>The fields of that kind, in the order of the source.</summary>
    public static ReadOnlySpan<NodeField> Of(NodeKind kind) => Shapes[(int)kind];

    /// <summary>The index of the role among the kind's fields, or -1.</summary>
    public static int PlaceOf(NodeKind kind, NodeRole role) => Places[((int)kind * RoleCount) + (int)role] - 1;

    private static byte[] MakePlaces()
    {
        var places = new byte[Shapes.Length * RoleCount];
        for (var kind = 0; kind < Shapes.Length; kind++)
        {
            for (var place = 0; place < Shapes[kind].Length; place++)
            {
                places[(kind * RoleCount) + (int)Shapes[kind][place].Role] = (byte)(place + 1);
            }
        }

        return places;
    }

    private static NodeField Node(NodeRole role) => new(role, FieldKind.Node);

    private static NodeField List(NodeRole role) => new(role, FieldKind.List);

    private static NodeField Text(NodeRole role) => new(role, FieldKind.Name);

    /// <summary>A field that is printed for TypeScript only; plain JavaScript has no such syntax.</summary>
    private static NodeField Typed(NodeField field) => field with { IsTypeScript = true };

    private static NodeField[][] MakeShapes()
    {
        var shapes = new NodeField[(int)NodeKind.TSTypePredicate + 1][];
        Array.Fill(shapes, []);
        shapes[(int)NodeKind.Program] = [List(Body)];
        shapes[(int)NodeKind.BlockStatement] = [List(Body)];
        shapes[(int)NodeKind.ExpressionStatement] = [Node(Expression)];
        shapes[(int)NodeKind.IfStatement] = [Node(Test), Node(Consequent), Node(Alternate)];
        shapes[(int)NodeKind.SwitchStatement] = [Node(Discriminant), List(Cases)];
        shapes[(int)NodeKind.SwitchCase] = [Node(Test), List(Consequent)];
        shapes[(int)NodeKind.WhileStatement] = [Node(Test), Node(Body)];
        shapes[(int)NodeKind.DoWhileStatement] = [Node(Body), Node(Test)];
        shapes[(int)NodeKind.ForStatement] = [Node(Init), Node(Test), Node(Update), Node(Body)];
        shapes[(int)NodeKind.ForInStatement] = [Node(Left), Node(Right), Node(Body)];
        shapes[(int)NodeKind.ForOfStatement] = [Node(Left), Node(Right), Node(Body)];
        shapes[(int)NodeKind.ContinueStatement] = [Node(Label)];
        shapes[(int)NodeKind.BreakStatement] = [Node(Label)];
        shapes[(int)NodeKind.ReturnStatement] = [Node(Argument)];
        shapes[(int)NodeKind.ThrowStatement] = [Node(Argument)];
        shapes[(int)NodeKind.TryStatement] = [Node(Block), Node(Handler), Node(Finalizer)];
        shapes[(int)NodeKind.CatchClause] = [Node(Param), Node(Body)];
        shapes[(int)NodeKind.LabeledStatement] = [Node(Label), Node(Body)];
        shapes[(int)NodeKind.WithStatement] = [Node(NodeRole.Object), Node(Body)];
        shapes[(int)NodeKind.VariableDeclaration] = [List(Declarations)];
        shapes[(int)NodeKind.VariableDeclarator] = [Node(Id), Node(Init)];
        shapes[(int)NodeKind.FunctionDeclaration] = [Node(Id), Typed(Node(TypeParameters)), List(Params), Typed(Node(ReturnType)), Node(Body)];
        shapes[(int)NodeKind.ClassDeclaration] =
        [
            List(Decorators),
            Node(Id),
            Typed(Node(TypeParameters)),
            Node(SuperClass),
            Typed(Node(SuperTypeArguments)),
            Typed(List(Implements)),
            Node(Body),
        ];
        shapes[(int)NodeKind.InvalidStatement] = [List(Body)];
        shapes[(int)NodeKind.Identifier] = [Text(Name), Typed(Node(TypeAnnotation)), Typed(List(Decorators))];
        shapes[(int)NodeKind.PrivateIdentifier] = [Text(Name)];
        shapes[(int)NodeKind.ArrayExpression] = [List(Elements)];
        shapes[(int)NodeKind.ObjectExpression] = [List(Properties)];
        shapes[(int)NodeKind.Property] = [Node(Key), Node(Value)];
        shapes[(int)NodeKind.FunctionExpression] = [Node(Id), Typed(Node(TypeParameters)), List(Params), Typed(Node(ReturnType)), Node(Body)];
        shapes[(int)NodeKind.ArrowFunctionExpression] = [Typed(Node(TypeParameters)), List(Params), Typed(Node(ReturnType)), Node(Body)];
        shapes[(int)NodeKind.ClassExpression] =
        [
            List(Decorators),
            Node(Id),
            Typed(Node(TypeParameters)),
            Node(SuperClass),
            Typed(Node(SuperTypeArguments)),
            Typed(List(Implements)),
            Node(Body),
        ];
        shapes[(int)NodeKind.UnaryExpression] = [Node(Argument)];
        shapes[(int)NodeKind.UpdateExpression] = [Node(Argument)];
        shapes[(int)NodeKind.BinaryExpression] = [Node(Left), Node(Right)];
        shapes[(int)NodeKind.LogicalExpression] = [Node(Left), Node(Right)];
        shapes[(int)NodeKind.AssignmentExpression] = [Node(Left), Node(Right)];
        shapes[(int)NodeKind.ConditionalExpression] = [Node(Test), Node(Consequent), Node(Alternate)];
        shapes[(int)NodeKind.CallExpression] = [Node(Callee), Typed(Node(TypeArguments)), List(Arguments)];
        shapes[(int)NodeKind.NewExpression] = [Node(Callee), Typed(Node(TypeArguments)), List(Arguments)];
        shapes[(int)NodeKind.MemberExpression] = [Node(NodeRole.Object), Node(Property)];
        shapes[(int)NodeKind.ChainExpression] = [Node(Expression)];
        shapes[(int)NodeKind.SequenceExpression] = [List(Expressions)];
        shapes[(int)NodeKind.YieldExpression] = [Node(Argument)];
        shapes[(int)NodeKind.AwaitExpression] = [Node(Argument)];
        shapes[(int)NodeKind.TemplateLiteral] = [List(Quasis), List(Expressions)];
        shapes[(int)NodeKind.TaggedTemplateExpression] = [Node(Tag), Typed(Node(TypeArguments)), Node(Quasi)];
        shapes[(int)NodeKind.SpreadElement] = [Node(Argument)];
        shapes[(int)NodeKind.ImportExpression] = [Node(Source), Node(Options)];
        shapes[(int)NodeKind.MetaProperty] = [Node(Meta), Node(Property)];
        shapes[(int)NodeKind.ArrayPattern] = [List(Elements), Typed(Node(TypeAnnotation)), Typed(List(Decorators))];
        shapes[(int)NodeKind.ObjectPattern] = [List(Properties), Typed(Node(TypeAnnotation)), Typed(List(Decorators))];
        shapes[(int)NodeKind.RestElement] = [Node(Argument), Typed(Node(TypeAnnotation)), Typed(List(Decorators))];
        shapes[(int)NodeKind.AssignmentPattern] = [Node(Left), Node(Right), Typed(List(Decorators))];
        shapes[(int)NodeKind.ClassBody] = [List(Body)];
        shapes[(int)NodeKind.MethodDefinition] = [List(Decorators), Node(Key), Node(Value)];
        shapes[(int)NodeKind.PropertyDefinition] = [List(Decorators), Node(Key), Typed(Node(TypeAnnotation)), Node(Value)];
        shapes[(int)NodeKind.AccessorProperty] = [List(Decorators), Node(Key), Typed(Node(TypeAnnotation)), Node(Value)];
        shapes[(int)NodeKind.StaticBlock] = [List(Body)];
        shapes[(int)NodeKind.Decorator] = [Node(Expression)];
        shapes[(int)NodeKind.ImportDeclaration] = [List(Specifiers), Node(Source), List(Attributes)];
        shapes[(int)NodeKind.ImportSpecifier] = [Node(Imported), Node(Local)];
        shapes[(int)NodeKind.ImportDefaultSpecifier] = [Node(Local)];
        shapes[(int)NodeKind.ImportNamespaceSpecifier] = [Node(Local)];
        shapes[(int)NodeKind.ImportAttribute] = [Node(Key), Node(Value)];
        shapes[(int)NodeKind.ExportNamedDeclaration] = [Node(Declaration), List(Specifiers), Node(Source), List(Attributes)];
        shapes[(int)NodeKind.ExportSpecifier] = [Node(Local), Node(Exported)];
        shapes[(int)NodeKind.ExportDefaultDeclaration] = [Node(Declaration)];
        shapes[(int)NodeKind.ExportAllDeclaration] = [Node(Exported), Node(Source), List(Attributes)];
        shapes[(int)NodeKind.JSXElement] = [Node(OpeningElement), List(Children), Node(ClosingElement)];
        shapes[(int)NodeKind.JSXFragment] = [Node(OpeningFragment), List(Children), Node(ClosingFragment)];
        shapes[(int)NodeKind.JSXOpeningElement] = [Node(Name), Typed(Node(TypeArguments)), List(Attributes)];
        shapes[(int)NodeKind.JSXClosingElement] = [Node(Name)];
        shapes[(int)NodeKind.JSXAttribute] = [Node(Name), Node(Value)];
        shapes[(int)NodeKind.JSXSpreadAttribute] = [Node(Argument)];
        shapes[(int)NodeKind.JSXExpressionContainer] = [Node(Expression)];
        shapes[(int)NodeKind.JSXSpreadChild] = [Node(Expression)];
        shapes[(int)NodeKind.JSXIdentifier] = [Text(Name)];
        shapes[(int)NodeKind.JSXNamespacedName] = [Node(Namespace), Node(Name)];
        shapes[(int)NodeKind.JSXMemberExpression] = [Node(NodeRole.Object), Node(Property)];
        shapes[(int)NodeKind.TSAsExpression] = [Node(Expression), Node(TypeAnnotation)];
        shapes[(int)NodeKind.TSSatisfiesExpression] = [Node(Expression), Node(TypeAnnotation)];
        shapes[(int)NodeKind.TSTypeAssertion] = [Node(TypeAnnotation), Node(Expression)];
        shapes[(int)NodeKind.TSNonNullExpression] = [Node(Expression)];
        shapes[(int)NodeKind.TSInstantiationExpression] = [Node(Expression), Node(TypeArguments)];
        shapes[(int)NodeKind.TSDeclareFunction] = [Node(Id), Node(TypeParameters), List(Params), Node(ReturnType), Node(Body)];
        shapes[(int)NodeKind.TSEmptyBodyFunctionExpression] = [Node(Id), Node(TypeParameters), List(Params), Node(ReturnType), Node(Body)];
        shapes[(int)NodeKind.TSAbstractMethodDefinition] = [List(Decorators), Node(Key), Node(Value)];
        shapes[(int)NodeKind.TSAbstractPropertyDefinition] = [List(Decorators), Node(Key), Node(TypeAnnotation), Node(Value)];
        shapes[(int)NodeKind.TSAbstractAccessorProperty] = [List(Decorators), Node(Key), Node(TypeAnnotation), Node(Value)];
        shapes[(int)NodeKind.TSParameterProperty] = [List(Decorators), Node(Parameter)];
        shapes[(int)NodeKind.TSIndexSignature] = [List(Parameters), Node(TypeAnnotation)];
        shapes[(int)NodeKind.TSInterfaceDeclaration] = [Node(Id), Node(TypeParameters), List(Extends), Node(Body)];
        shapes[(int)NodeKind.TSInterfaceBody] = [List(Body)];
        shapes[(int)NodeKind.TSInterfaceHeritage] = [Node(Expression), Node(TypeArguments)];
        shapes[(int)NodeKind.TSClassImplements] = [Node(Expression), Node(TypeArguments)];
        shapes[(int)NodeKind.TSTypeAliasDeclaration] = [Node(Id), Node(TypeParameters), Node(TypeAnnotation)];
        shapes[(int)NodeKind.TSEnumDeclaration] = [Node(Id), Node(Body)];
        shapes[(int)NodeKind.TSEnumBody] = [List(Members)];
        shapes[(int)NodeKind.TSEnumMember] = [Node(Id), Node(Initializer)];
        shapes[(int)NodeKind.TSModuleDeclaration] = [Node(Id), Node(Body)];
        shapes[(int)NodeKind.TSModuleBlock] = [List(Body)];
        shapes[(int)NodeKind.TSImportEqualsDeclaration] = [Node(Id), Node(ModuleReference)];
        shapes[(int)NodeKind.TSExternalModuleReference] = [Node(Expression)];
        shapes[(int)NodeKind.TSExportAssignment] = [Node(Expression)];
        shapes[(int)NodeKind.TSNamespaceExportDeclaration] = [Node(Id)];
        shapes[(int)NodeKind.TSTypeAnnotation] = [Node(TypeAnnotation)];
        shapes[(int)NodeKind.TSTypeParameterDeclaration] = [List(Params)];
        shapes[(int)NodeKind.TSTypeParameter] = [Node(Name), Node(Constraint), Node(Default)];
        shapes[(int)NodeKind.TSTypeParameterInstantiation] = [List(Params)];
        shapes[(int)NodeKind.TSTypeReference] = [Node(TypeName), Node(TypeArguments)];
        shapes[(int)NodeKind.TSQualifiedName] = [Node(Left), Node(Right)];
        shapes[(int)NodeKind.TSUnionType] = [List(Types)];
        shapes[(int)NodeKind.TSIntersectionType] = [List(Types)];
        shapes[(int)NodeKind.TSArrayType] = [Node(ElementType)];
        shapes[(int)NodeKind.TSTupleType] = [List(ElementTypes)];
        shapes[(int)NodeKind.TSNamedTupleMember] = [Node(Label), Node(ElementType)];
        shapes[(int)NodeKind.TSOptionalType] = [Node(TypeAnnotation)];
        shapes[(int)NodeKind.TSRestType] = [Node(TypeAnnotation)];
        shapes[(int)NodeKind.TSFunctionType] = [Node(TypeParameters), List(Params), Node(ReturnType)];
        shapes[(int)NodeKind.TSConstructorType] = [Node(TypeParameters), List(Params), Node(ReturnType)];
        shapes[(int)NodeKind.TSTypeLiteral] = [List(Members)];
        shapes[(int)NodeKind.TSPropertySignature] = [Node(Key), Node(TypeAnnotation)];
        shapes[(int)NodeKind.TSMethodSignature] = [Node(Key), Node(TypeParameters), List(Params), Node(ReturnType)];
        shapes[(int)NodeKind.TSCallSignatureDeclaration] = [Node(TypeParameters), List(Params), Node(ReturnType)];
        shapes[(int)NodeKind.TSConstructSignatureDeclaration] = [Node(TypeParameters), List(Params), Node(ReturnType)];
        shapes[(int)NodeKind.TSConditionalType] = [Node(CheckType), Node(ExtendsType), Node(TrueType), Node(FalseType)];
        shapes[(int)NodeKind.TSInferType] = [Node(TypeParameter)];
        shapes[(int)NodeKind.TSTypeOperator] = [Node(TypeAnnotation)];
        shapes[(int)NodeKind.TSIndexedAccessType] = [Node(ObjectType), Node(IndexType)];
        shapes[(int)NodeKind.TSMappedType] = [Node(Key), Node(Constraint), Node(NameType), Node(TypeAnnotation)];
        shapes[(int)NodeKind.TSLiteralType] = [Node(Literal)];
        shapes[(int)NodeKind.TSTemplateLiteralType] = [List(Quasis), List(Types)];
        shapes[(int)NodeKind.TSTypeQuery] = [Node(ExprName), Node(TypeArguments)];
        shapes[(int)NodeKind.TSImportType] = [Node(Source), Node(Options), Node(Qualifier), Node(TypeArguments)];
        shapes[(int)NodeKind.TSTypePredicate] = [Node(ParameterName), Node(TypeAnnotation)];
        return shapes;
    }
}
