namespace Ecoscanner.JavaScript.Resolution;

/// <summary>What all attempts for one specifier have looked at, so that a failure can be explained and an endless search ends.</summary>
internal sealed class LookupTrail
{
    // Real packages need some hundreds; tables of alternatives can ask for millions.
    public const int MaximumProbes = 20_000;

    // What a person reads of a failure.
    private const int MaximumTried = 24;

    // Built files that a package names; more alternatives are not followed to their sources.
    private const int MaximumOutputs = 16;

    // `#a` may lead to `#b`: once is common, five is not.
    private const int MaximumRedirects = 8;

    private readonly List<string> tried = [];
    private readonly List<string> outputs = [];
    private int probes;
    private int redirects;

    public IReadOnlyList<string> Tried => tried;

    /// <summary>Files that a package.json names and that are not in the tree.</summary>
    public IReadOnlyList<string> Outputs => outputs;

    public bool IsExhausted => probes >= MaximumProbes;

    /// <summary>A bare specifier that <c>imports</c> leads to and that was not found: a package, or a module of Node.</summary>
    public string? Redirect { get; private set; }

    /// <summary>The mapping of <c>paths</c> that matched.</summary>
    public PathMapping? Mapping { get; set; }

    /// <summary>Words about a package that is in the tree but does not have what is asked for.</summary>
    public string? Refusal { get; set; }

    /// <summary>Whether one more file may be looked for.</summary>
    public bool Probe() => probes++ < MaximumProbes;

    public void Missed(string path)
    {
        if (tried.Count < MaximumTried && !tried.Contains(path, StringComparer.Ordinal))
        {
            tried.Add(path);
        }
    }

    public void Names(string path)
    {
        if (outputs.Count < MaximumOutputs && !outputs.Contains(path, StringComparer.Ordinal))
        {
            outputs.Add(path);
        }
    }

    public bool RedirectTo(string specifier)
    {
        Redirect = specifier;
        return redirects++ < MaximumRedirects;
    }
}
