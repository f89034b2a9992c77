using System.Text;
using Ecoscanner.Apps;
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
    private readonly ulong verbatim;

    private AnswerSketch(int status, int[] words, ulong order, ulong verbatim, string text)
    {
        this.status = status;
        this.order = order;
        this.verbatim = verbatim;
        this.words = words;
        IsShell = HtmlText.IsShell(text, MaximumShellText);
        IsDoor = HtmlText.IsDoor(text);
        Array.Sort(words);
    }

    /// <summary>No words at all: an answer that can't be told from another.</summary>
    public bool IsEmpty => words.Length == 0;

    /// <summary>An HTML page that shows nothing by itself and loads a script: what it shows in the end is not in the answer.</summary>
    public bool IsShell { get; }

    /// <summary>A page that asks for a password or sends the browser on.</summary>
    public bool IsDoor { get; }

    /// <summary>The sketch of a whole answer.</summary>
    /// <param name="url">What was asked: its echo says nothing.</param>
    /// <param name="tenant">Whose account ids an answer may name; null where nobody signed in.</param>
    public static AnswerSketch Of(ProbeAnswer answer, Uri url, TestTenant? tenant)
    {
        var text = Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(answer.Body.Length, MaximumBytes)]);
        text = WithoutToken(text, url);
        var own = OwnWords(url, tenant);
        var hashes = new List<int>();
        var (running, all) = (Start, Start);
        foreach (var word in Words.In(text))
        {
            var hash = Words.IsRandom(word) ? 0 : Words.Hash(word);
            all = Append(all, hash);
            if (!own.Contains(word))
            {
                hashes.Add(hash);
                running = Append(running, hash);
            }
        }

        return new AnswerSketch(answer.Status, [.. hashes], running, all, text);
    }

    /// <summary>The same answer but for nonces: strict, for "this is what a genuine request gets".</summary>
    public bool Equals(AnswerSketch? other) => other is not null && status == other.status && order == other.order && words.Length == other.words.Length;

    /// <summary>The same to the word, its own URL's echo included: one page for two URLs.</summary>
    public bool Repeats(AnswerSketch other) => status == other.status && verbatim == other.verbatim;

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

    // FNV-1a, 64 bits: offset basis and prime.
    private const ulong Start = 14695981039346656037;

    private static ulong Append(ulong hash, int word) => (hash ^ (uint)word) * 1099511628211;

    /// <summary>A page that echoes its own URL echoes the token in it too.</summary>
    private static string WithoutToken(string text, Uri url)
    {
        const string parameter = "jwt=";
        var at = url.Query.LastIndexOf(parameter, StringComparison.Ordinal);
        return at < 0 || url.Query.Length == at + parameter.Length ? text : text.Replace(url.Query[(at + parameter.Length)..], "", StringComparison.Ordinal);
    }

    private static HashSet<string> OwnWords(Uri url, TestTenant? tenant) =>
        [.. Words.In($"{Uri.UnescapeDataString(url.PathAndQuery)} {tenant?.AdminAccountId} {tenant?.UserAccountId}").Where(word => word.Length > 0)];
}
