namespace Ecoscanner.JavaScript.Syntax;

/// <summary>Why a regular expression literal is none.</summary>
/// <param name="Offset">Where, in UTF-16 code units from the start of the pattern, or of the flags.</param>
/// <param name="IsInFlags">Whether the offset counts from the start of the flags.</param>
/// <param name="Message">A sentence for a person, without the place.</param>
internal readonly record struct RegularExpressionError(int Offset, bool IsInFlags, string Message);
