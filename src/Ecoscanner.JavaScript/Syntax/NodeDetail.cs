namespace Ecoscanner.JavaScript.Syntax;

/// <summary>How a <see cref="NodeKind.VariableDeclaration"/> declares.</summary>
public enum VariableKind : byte
{
    Var,
    Let,
    Const,
    Using,
    AwaitUsing,
}

/// <summary>What a method, or a property of an object, is.</summary>
public enum MethodKind : byte
{
    /// <summary>A method of a class, or a plain property of an object.</summary>
    Normal,
    Get,
    Set,
    Constructor,
}

/// <summary>Which word began a <see cref="NodeKind.TSModuleDeclaration"/>.</summary>
public enum ModuleWord : byte
{
    Module,
    Namespace,
    Global,
}

/// <summary>When an import is evaluated: <c>import source</c>, <c>import defer</c>.</summary>
public enum ImportPhase : byte
{
    Evaluation,
    Source,
    Defer,
}

/// <summary>What precedes an optional or readonly mark in a <see cref="NodeKind.TSMappedType"/>.</summary>
public enum MappedModifier : byte
{
    None,
    Present,
    Plus,
    Minus,
}
