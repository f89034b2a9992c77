namespace Ecoscanner.Packages.Java.Classes;

/// <summary>Members that compilers call of their own accord, each version other ones: for class literals (before Java 5),
/// concatenation, lambdas, checks for null, access to private members.</summary>
internal static class CompilerCalls
{
    public static bool Contain(ReadOnlySpan<byte> name) =>
        name.Contains((byte)'$')
        || name.Length switch
        {
            6 => name.SequenceEqual("<init>"u8) || name.SequenceEqual("append"u8) || name.SequenceEqual("lookup"u8),
            7 => name.SequenceEqual("valueOf"u8) || name.SequenceEqual("forName"u8),
            8 => name.SequenceEqual("toString"u8) || name.SequenceEqual("getClass"u8) || name.SequenceEqual("<clinit>"u8),
            9 => name.SequenceEqual("initCause"u8),
            10 => name.SequenceEqual("getMessage"u8),
            11 => name.SequenceEqual("metafactory"u8),
            13 => name.SequenceEqual("addSuppressed"u8),
            14 => name.SequenceEqual("requireNonNull"u8) || name.SequenceEqual("altMetafactory"u8),
            _ => name.StartsWith("makeConcat"u8),
        };
}
