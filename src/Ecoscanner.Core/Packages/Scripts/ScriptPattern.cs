using System.Text.RegularExpressions;

namespace Ecoscanner.Packages.Scripts;

/// <summary>A pattern that finds a version, made when it is first needed: there are hundreds, and most are never tried.</summary>
public sealed class ScriptPattern
{
    // What retire.js puts there, with an end.
    private const string VersionPlaceholder = "§§version§§";
    private const string VersionPattern = "[0-9][0-9.a-z_-]{1,40}";

    // The longest real one has some 600 characters.
    private const int MaxLength = 4000;

    // A shorter text stands in nearly every file.
    private const int LeastLiteral = 4;

    // What backtracks at all is stopped; the others take linear time.
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(200);

    private readonly Lazy<Regex> regex;

    private readonly string template;

    private ScriptPattern(string pattern, string template)
    {
        this.template = template;
        Literal = RegexLiteral.Longest(pattern) is { Length: >= LeastLiteral } literal ? literal : null;
        regex = new(() => Compile(pattern));
    }

    /// <summary>A text that stands in everything that the pattern matches; null where there is none that tells much.</summary>
    public string? Literal { get; }

    /// <summary>Null where it is no pattern; <paramref name="problem"/> then says why.</summary>
    /// <param name="pattern">A regular expression of JavaScript with <c>§§version§§</c> for the version.</param>
    /// <param name="template">How the version is made of its groups: <c>$1.$2</c>.</param>
    public static ScriptPattern? Of(string pattern, string template, out string? problem)
    {
        problem = pattern.Length > MaxLength ? $"a pattern has more than {MaxLength} characters" : null;
        if (problem is not null)
        {
            return null;
        }

        // A group of its own: what counts behind the placeholder counts the version.
        var whole = pattern.Replace(VersionPlaceholder, $"(?:{VersionPattern})", StringComparison.Ordinal);
        try
        {
            // Parsed only, which finds what is wrong with it and costs little.
            _ = new Regex(whole, RegexOptions.CultureInvariant, Timeout);
            return new(whole, template);
        }
        catch (ArgumentException e)
        {
            problem = $"a pattern is wrong: {e.Message}";
            return null;
        }
    }

    /// <summary>The version that it finds; null where it does not match, or takes too long.</summary>
    public string? Version(ReadOnlySpan<char> text)
    {
        try
        {
            return regex.Value.IsMatch(text) && regex.Value.Match(text.ToString()) is { Success: true } match ? Filled(match) : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private string? Filled(Match match)
    {
        var version = template;
        for (var i = match.Groups.Count - 1; i > 0; i--)
        {
            version = version.Replace($"${i}", match.Groups[i].Value, StringComparison.Ordinal);
        }

        // jquery-3.4.1.min.js
        version = version.TrimEnd('.', '-', '_');
        version = version.EndsWith(".min", StringComparison.Ordinal) || version.EndsWith("-min", StringComparison.Ordinal) ? version[..^4] : version;
        return version.Length is > 0 and < 100 ? version : null;
    }

    private static Regex Compile(string pattern)
    {
        try
        {
            return new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Timeout);
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException)
        {
            // It looks back, as those for minified code do, or its counts are too large.
            return new(pattern, RegexOptions.CultureInvariant, Timeout);
        }
    }
}
