using System.Text;
using Ecoscanner.Probing;

namespace Ecoscanner.Scanners.ConnectAuthentication;

/// <summary>
/// What an answer says, without what changes from request to request (nonces, ids, the echo of its own URL), so that two answers can be compared.
/// Holds hashes only: nothing of a customer's data stays.
/// </summary>
internal sealed class AnswerSketch : IEquatable<AnswerSketch>
{
    // An answer is judged by its beginning; a page's difference from another does not start behind this.
    private const int MaximumBytes = 256 * 1024;

    // Two answers that share nine words of ten are the same page with another name in it.
    private const double SimilarShare = 0.9;

    // "Loading…" and a brand name; a page that says more than this says something.
    private const int MaximumShellText = 80;

    private readonly int status;
    private readonly int[] words;
    private readonly ulong order;

    private AnswerSketch(int status, int[] words, ulong order, bool shell)
    {
        this.status = status;
        this.order = order;
        this.words = words;
        IsShell = shell;
        Array.Sort(words);
    }

    /// <summary>No words at all: an answer that can't be told from another.</summary>
    public bool IsEmpty => words.Length == 0;

    /// <summary>An HTML page that shows nothing by itself and loads a script: it carries no data.</summary>
    public bool IsShell { get; }

    public static AnswerSketch Of(ProbeAnswer answer, Uri url)
    {
        var text = Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(answer.Body.Length, MaximumBytes)]);
        var own = OwnWords(url);
        var hashes = new List<int>();
        var running = 14695981039346656037UL;
        foreach (var word in Words.In(text))
        {
            if (own.Contains(word))
            {
                continue;
            }

            var hash = Words.IsRandom(word) ? 0 : Words.Hash(word);
            hashes.Add(hash);
            running = (running ^ (uint)hash) * 1099511628211UL;
        }

        return new AnswerSketch(answer.Status, [.. hashes], running, HtmlText.IsShell(text, MaximumShellText));
    }

    /// <summary>The same answer but for nonces: strict, for "this is what a genuine request gets".</summary>
    public bool Equals(AnswerSketch? other) => other is not null && status == other.status && order == other.order && words.Length == other.words.Length;

    /// <summary>The same page with other names in it: generous, for "this is what any path gets".</summary>
    public bool Resembles(AnswerSketch other)
    {
        if (status != other.status)
        {
            return false;
        }

        var (common, i, j) = (0, 0, 0);
        while (i < words.Length && j < other.words.Length)
        {
            if (words[i] == other.words[j])
            {
                (common, i, j) = (common + 1, i + 1, j + 1);
            }
            else if (words[i] < other.words[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return words.Length + other.words.Length == 0 || 2.0 * common / (words.Length + other.words.Length) >= SimilarShare;
    }

    public override bool Equals(object? obj) => obj is AnswerSketch other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(status, order);

    private static HashSet<string> OwnWords(Uri url) => [.. Words.In(Uri.UnescapeDataString(url.PathAndQuery))];
}
