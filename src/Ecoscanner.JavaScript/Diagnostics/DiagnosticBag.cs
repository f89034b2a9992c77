using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Diagnostics;

/// <summary>Takes what there is to say about a source; each message has a method, so that no call site words one.</summary>
internal sealed partial class DiagnosticBag
{
    /// <summary>How many are kept; a source with more is no source.</summary>
    public const int MaximumCount = 1_000;

    private readonly List<Diagnostic> _diagnostics = [];

    public int Count => _diagnostics.Count;

    /// <summary>In the order of the source.</summary>
    public IReadOnlyList<Diagnostic> Sorted() => [.. _diagnostics.OrderBy(diagnostic => diagnostic.Span.Start)];

    /// <summary>Forgets all but the first.</summary>
    public void Truncate(int count)
    {
        if (count < _diagnostics.Count)
        {
            _diagnostics.RemoveRange(count, _diagnostics.Count - count);
        }
    }

    private void Error(string code, TextSpan span, string message) => Add(code, DiagnosticSeverity.Error, span, message);

    private void Add(string code, DiagnosticSeverity severity, TextSpan span, string message)
    {
        if (_diagnostics.Count < MaximumCount)
        {
            // What is missing may have been looked for behind its end.
            _diagnostics.Add(new(code, severity, span with { End = Math.Max(span.Start, span.End) }, message));
        }
    }
}
