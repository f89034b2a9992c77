using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Syntax.Printing;

/// <summary>Writes a tree as data with the names that this parser has: kinds, roles, flags, places, and what is wrong. In ASCII.</summary>
public sealed class TreeJson
{
    private readonly SyntaxTree _tree;
    private readonly JsonText _json;

    private TreeJson(SyntaxTree tree, Stream output)
    {
        _tree = tree;
        _json = new(output);
    }

    /// <summary>Writes it on one line.</summary>
    public static void Write(SyntaxTree tree, Stream output)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(output);
        new TreeJson(tree, output).Write();
    }

    private void Write()
    {
        _json.BeginObject();
        Property("path"u8, _tree.Source.Path);
        Property("language"u8, _tree.Options.TypeScript ? "typescript" : "javascript");
        Property("isJsx"u8, _tree.Options.Jsx);
        Property("isModule"u8, _tree.IsModule);
        Property("isFlow"u8, _tree.IsFlow);
        _json.Name("diagnostics"u8);
        _json.BeginArray();
        foreach (var diagnostic in _tree.Diagnostics)
        {
            WriteDiagnostic(diagnostic);
        }

        _json.EndArray();
        _json.Name("root"u8);
        WriteNodes();
        _json.EndObject();
        _json.Finish();
    }

    private void WriteDiagnostic(Diagnostic diagnostic)
    {
        _json.BeginObject();
        Property("code"u8, diagnostic.Code);
        Property("severity"u8, diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "note");
        Property("message"u8, diagnostic.Message);
        WritePlace(diagnostic.Span);
        _json.EndObject();
    }

    // A node's object stays open until a node comes that is not below it.
    private void WriteNodes()
    {
        var open = 0;
        foreach (var step in TreeWalk.Of(_tree))
        {
            for (; open > step.Depth; open--)
            {
                _json.EndArray();
                _json.EndObject();
            }

            if (!step.Node.Exists)
            {
                _json.Null();
                continue;
            }

            _json.BeginObject();
            Property("kind"u8, $"{step.Node.Kind}");
            if (step.Role is { } role)
            {
                Property("role"u8, Spellings.Word(role));
            }

            WritePlace(step.Node.Span);
            WriteWords(step.Node);
            _json.Name("children"u8);
            _json.BeginArray();
            open++;
        }

        for (; open > 0; open--)
        {
            _json.EndArray();
            _json.EndObject();
        }
    }

    private void WriteWords(Node node)
    {
        if (NodeWords.Detail(node) is { Length: > 0 } detail)
        {
            Property("detail"u8, detail);
        }

        if (node.Flags == NodeFlags.None)
        {
            return;
        }

        _json.Name("flags"u8);
        _json.BeginArray();
        foreach (var flag in NodeWords.Flags(node))
        {
            _json.String(flag);
        }

        _json.EndArray();
    }

    private void WritePlace(TextSpan span)
    {
        var (start, end) = (_tree.Source.Lines.PositionOf(span.Start), _tree.Source.Lines.PositionOf(span.End));
        Property("start"u8, span.Start);
        Property("end"u8, span.End);
        Property("line"u8, start.Line);
        Property("column"u8, start.Column);
        Property("endLine"u8, end.Line);
        Property("endColumn"u8, end.Column);
    }

    private void Property(ReadOnlySpan<byte> name, string value)
    {
        _json.Name(name);
        _json.String(value);
    }

    private void Property(ReadOnlySpan<byte> name, bool value)
    {
        _json.Name(name);
        _json.Boolean(value);
    }

    private void Property(ReadOnlySpan<byte> name, int value)
    {
        _json.Name(name);
        _json.Number(value);
    }
}
