namespace Ecoscanner.JavaScript.Lowering;

/// <summary>A constant of a module.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text of a string; the digits of a big integer; the pattern and flags of a regular expression, between slashes.</param>
/// <param name="Number">The number.</param>
internal readonly record struct LoweredConstant(LoweredConstantKind Kind, string Text = "", double Number = 0);

/// <summary>What a constant is.</summary>
internal enum LoweredConstantKind : byte
{
    Undefined,
    Null,
    False,
    True,
    Number,
    BigInt,
    String,
    Regex,
}
