using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Diagnostics;

/// <summary>Something to say about a place of a source.</summary>
/// <param name="Code">A word for the kind of message, stable: <c>token-expected</c>.</param>
/// <param name="Severity">Whether the source is wrong, or something about it is only said.</param>
/// <param name="Span">Where.</param>
/// <param name="Message">For a person: what is wrong, and what was expected. Text of the source in it is not escaped.</param>
public sealed record Diagnostic(string Code, DiagnosticSeverity Severity, TextSpan Span, string Message);

/// <summary>How bad it is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The source is no valid program; the tree has what could be read.</summary>
    Error,

    /// <summary>The source is valid, and something about it should be known.</summary>
    Note,
}
