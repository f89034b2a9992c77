namespace Ecoscanner.JavaScript.Syntax;

/// <summary>A state of a <see cref="Parser"/> to come back to.</summary>
internal readonly record struct ParserMark(
    LexerMark Lexer,
    int NodeCount,
    int ListCount,
    int PendingCount,
    int DiagnosticCount,
    int Depth,
    ParserContext Context,
    int CoverError,
    int PrivateNameCount,
    bool Failed
);
