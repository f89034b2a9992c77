namespace Ecoscanner.JavaScript.Lowering;

/// <summary>What is special about a function.</summary>
[Flags]
internal enum LoweredFunctionKinds
{
    None = 0,
    Program = 1,
    Arrow = 2,
    Async = 4,
    Generator = 8,
    Constructor = 16,

    /// <summary>It sets the fields of an instance.</summary>
    Fields = 32,

    /// <summary>A method, a getter or a setter: it can't be constructed.</summary>
    Method = 64,

    /// <summary>It gives values that depend on the functions handed to it, or hands out a closure that sees its parameters: worth a look for each place that calls it.</summary>
    HigherOrder = 128,
}
