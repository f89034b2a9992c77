namespace Ecoscanner.JavaScript.Syntax;

/// <summary>A place of a <see cref="Lexer"/> to come back to.</summary>
internal readonly record struct LexerMark(TokenKind Kind, TokenFlags Flags, int Start, int End, int Name, int PreviousEnd, int CommentCount);
