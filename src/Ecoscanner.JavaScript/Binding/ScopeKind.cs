namespace Ecoscanner.JavaScript.Binding;

/// <summary>What makes a scope.</summary>
public enum ScopeKind : byte
{
    /// <summary>No scope: what stands around the outermost one.</summary>
    None,

    /// <summary>A script's top, which all scripts of a page share.</summary>
    Script,
    Module,

    /// <summary>A function: its parameters and, where no parameter has an expression in it, its variables.</summary>
    Function,

    /// <summary>The variables of a function whose parameters have expressions, which can't see them (ECMA-262 10.2.11).</summary>
    FunctionBody,

    /// <summary>The name of a function expression.</summary>
    FunctionName,

    /// <summary>A class: the name of a class expression, and type parameters.</summary>
    Class,

    /// <summary>The value of a field, which runs like a function of its own.</summary>
    ClassField,

    /// <summary>A static block, which has variables like a function.</summary>
    StaticBlock,

    /// <summary>A block that declares something.</summary>
    Block,
    Catch,

    /// <summary>The head of a loop.</summary>
    For,
    Switch,

    /// <summary>The body of a <c>with</c>: any name may be a member of the object.</summary>
    With,

    /// <summary>A TypeScript namespace or module.</summary>
    Namespace,
    Enum,

    /// <summary>A signature in a type: type parameters and parameters.</summary>
    Signature,

    /// <summary>An interface or an alias with type parameters.</summary>
    TypeDeclaration,

    /// <summary>The types that a conditional type infers.</summary>
    ConditionalType,

    /// <summary>The key of a mapped type.</summary>
    MappedType,
}
