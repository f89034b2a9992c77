namespace Ecoscanner.JavaScript.Syntax;

/// <summary>What is special about a token.</summary>
[Flags]
internal enum TokenFlags : byte
{
    None = 0,

    /// <summary>A line ended between the token before and this one.</summary>
    NewLineBefore = 1,

    /// <summary>Its value differs from what is written.</summary>
    Escaped = 2,

    /// <summary>A number like <c>017</c> or <c>08</c>, or a string with such an escape: wrong in strict code.</summary>
    LegacyOctal = 4,

    /// <summary>A template's part with an escape that only a tagged template may have.</summary>
    InvalidEscape = 8,
}
