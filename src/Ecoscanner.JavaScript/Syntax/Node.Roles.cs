namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Each role as a property. What a kind has no such part for is a node that does not exist, or an empty list.</remarks>
public readonly partial struct Node
{
    public Node Alternate => Child(NodeRole.Alternate);

    public Node Argument => Child(NodeRole.Argument);

    public NodeList Arguments => List(NodeRole.Arguments);

    public NodeList Attributes => List(NodeRole.Attributes);

    public Node Block => Child(NodeRole.Block);

    public Node Body => Child(NodeRole.Body);

    public NodeList BodyItems => List(NodeRole.Body);

    public Node Callee => Child(NodeRole.Callee);

    public NodeList Cases => List(NodeRole.Cases);

    public Node CheckType => Child(NodeRole.CheckType);

    public Node ClosingElement => Child(NodeRole.ClosingElement);

    public Node ClosingFragment => Child(NodeRole.ClosingFragment);

    public Node Consequent => Child(NodeRole.Consequent);

    public NodeList ConsequentItems => List(NodeRole.Consequent);

    public Node Constraint => Child(NodeRole.Constraint);

    public Node Declaration => Child(NodeRole.Declaration);

    public NodeList Declarations => List(NodeRole.Declarations);

    public NodeList Decorators => List(NodeRole.Decorators);

    public Node Default => Child(NodeRole.Default);

    public Node Discriminant => Child(NodeRole.Discriminant);

    public Node ElementType => Child(NodeRole.ElementType);

    public NodeList ElementTypes => List(NodeRole.ElementTypes);

    public NodeList Elements => List(NodeRole.Elements);

    public Node Exported => Child(NodeRole.Exported);

    public Node ExprName => Child(NodeRole.ExprName);

    public Node Expression => Child(NodeRole.Expression);

    public NodeList Expressions => List(NodeRole.Expressions);

    public NodeList Extends => List(NodeRole.Extends);

    public Node ExtendsType => Child(NodeRole.ExtendsType);

    public Node FalseType => Child(NodeRole.FalseType);

    public Node Finalizer => Child(NodeRole.Finalizer);

    public Node Handler => Child(NodeRole.Handler);

    public Node Id => Child(NodeRole.Id);

    public NodeList Implements => List(NodeRole.Implements);

    public Node Imported => Child(NodeRole.Imported);

    public Node IndexType => Child(NodeRole.IndexType);

    public Node Init => Child(NodeRole.Init);

    public Node Initializer => Child(NodeRole.Initializer);

    public Node Key => Child(NodeRole.Key);

    public Node Label => Child(NodeRole.Label);

    public Node Left => Child(NodeRole.Left);

    public Node Literal => Child(NodeRole.Literal);

    public Node Local => Child(NodeRole.Local);

    public NodeList Members => List(NodeRole.Members);

    public Node Meta => Child(NodeRole.Meta);

    public Node ModuleReference => Child(NodeRole.ModuleReference);

    public Node NameNode => Child(NodeRole.Name);

    public Node NameType => Child(NodeRole.NameType);

    public Node Namespace => Child(NodeRole.Namespace);

    public Node Object => Child(NodeRole.Object);

    public Node ObjectType => Child(NodeRole.ObjectType);

    public Node OpeningElement => Child(NodeRole.OpeningElement);

    public Node OpeningFragment => Child(NodeRole.OpeningFragment);

    public Node Options => Child(NodeRole.Options);

    public Node Param => Child(NodeRole.Param);

    public Node Parameter => Child(NodeRole.Parameter);

    public Node ParameterName => Child(NodeRole.ParameterName);

    public NodeList Parameters => List(NodeRole.Parameters);

    public NodeList Params => List(NodeRole.Params);

    public NodeList Properties => List(NodeRole.Properties);

    public Node Property => Child(NodeRole.Property);

    public Node Qualifier => Child(NodeRole.Qualifier);

    public Node Quasi => Child(NodeRole.Quasi);

    public NodeList Quasis => List(NodeRole.Quasis);

    public Node ReturnType => Child(NodeRole.ReturnType);

    public Node Right => Child(NodeRole.Right);

    public Node Source => Child(NodeRole.Source);

    public NodeList Specifiers => List(NodeRole.Specifiers);

    public Node SuperClass => Child(NodeRole.SuperClass);

    public Node SuperTypeArguments => Child(NodeRole.SuperTypeArguments);

    public Node Tag => Child(NodeRole.Tag);

    public Node Test => Child(NodeRole.Test);

    public Node TrueType => Child(NodeRole.TrueType);

    public Node TypeAnnotation => Child(NodeRole.TypeAnnotation);

    public Node TypeArguments => Child(NodeRole.TypeArguments);

    public Node TypeName => Child(NodeRole.TypeName);

    public Node TypeParameter => Child(NodeRole.TypeParameter);

    public Node TypeParameters => Child(NodeRole.TypeParameters);

    public NodeList Types => List(NodeRole.Types);

    public Node Update => Child(NodeRole.Update);

    public Node Value => Child(NodeRole.Value);
}
