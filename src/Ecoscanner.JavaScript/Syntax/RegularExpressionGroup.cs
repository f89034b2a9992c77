namespace Ecoscanner.JavaScript.Syntax;

/// <summary>A group that is open while a pattern is read; the first one is the pattern itself.</summary>
/// <param name="Start">Where its parenthesis is.</param>
/// <param name="Disjunction">Where its alternatives begin.</param>
/// <param name="Alternative">Where the alternative begins that is being read.</param>
/// <param name="IsQuantifiable">Whether <c>*</c> and the like may follow it.</param>
internal readonly record struct RegularExpressionGroup(int Start, int Disjunction, int Alternative, bool IsQuantifiable);
