using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Diagnostics;

/// <remarks>What lexer and parser say about JSX.</remarks>
internal sealed partial class DiagnosticBag
{
    public void AdjacentJsx(TextSpan span) => Error("jsx-adjacent", span, "elements side by side need one around them: \"<>\" and \"</>\"");

    public void EmptyJsxAttribute(TextSpan span) => Error("jsx-attribute-empty", span, "the braces of an attribute's value hold an expression");

    public void MismatchedJsxClosing(TextSpan span, string expected, string found) =>
        Error("jsx-closing-mismatch", span, $"expected {Quoted(expected)}, found {Quoted(found)}");

    public void NamespaceOfJsxMember(TextSpan span) => Error("jsx-namespace-member", span, "a name with \":\" has one namespace and no members");

    public void UnclosedJsx(TextSpan span, string closing) => Error("jsx-unclosed", span, $"the element is not closed; expected {Quoted(closing)}");

    public void UnescapedInJsxText(TextSpan span, char character) =>
        Error("jsx-text-character", span, character == '>' ? "text can't have \">\"; write {'>'} or &gt;" : "text can't have \"}\"; write {'}'} or &rbrace;");

    public void UnterminatedJsxString(TextSpan span) => Error("string-unterminated", span, "the string does not end; expected its quote");
}
