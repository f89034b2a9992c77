using System.Diagnostics;
using System.Text.Json;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Taint;

/// <summary>What the cases did in Node.</summary>
/// <param name="Cases">The cases that ran, as <c>file name</c>.</param>
/// <param name="Runs">How many runs that took.</param>
/// <param name="Cut">The cases that ask more than can be tried.</param>
/// <param name="Sinks">The sinks that were reached.</param>
internal sealed record CaseRuns(IReadOnlyList<string> Cases, int Runs, IReadOnlyList<string> Cut, IReadOnlyList<CaseRuns.Sink> Sinks)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs all cases of a folder with every answer that guards can give.</summary>
    public static CaseRuns Of(string folder)
    {
        using var node = Process.Start(
            new ProcessStartInfo("node", [Path.Combine(Repository.Root, "test", "node", "taint-cases.mjs"), folder])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = node.StandardError.ReadToEndAsync();
        var answer = node.StandardOutput.ReadToEndAsync();
        if (!node.WaitForExit(Patience))
        {
            node.Kill();
            Assert.Fail("node did not answer");
        }

        Assert.True(node.ExitCode == 0, errors.Result);
        return JsonSerializer.Deserialize<CaseRuns>(answer.Result, JsonSerializerOptions.Web)!;
    }

    /// <summary>Which annotations of a file are not what happened, in words.</summary>
    public IEnumerable<string> Contradictions(TaintCases cases)
    {
        var reached = Sinks.Where(sink => sink.File == cases.Name).ToDictionary(sink => sink.Line);
        foreach (var annotation in cases.Annotations)
        {
            if (Contradiction(annotation, reached.GetValueOrDefault(annotation.Line)) is { } contradiction)
            {
                yield return $"{cases.Name}:{annotation.Line} {contradiction}";
            }
        }

        foreach (var line in reached.Keys.Except(cases.Annotations.Select(annotation => annotation.Line)))
        {
            yield return $"{cases.Name}:{line} is a sink without an annotation";
        }
    }

    private static string? Contradiction(TaintAnnotation annotation, Sink? sink)
    {
        if (annotation.Reason == TaintAnnotation.Unreachable)
        {
            return sink is null ? null : "is reached";
        }

        if (sink is null)
        {
            return "is never reached";
        }

        if (annotation.IsFinding != sink.Unsafe > 0)
        {
            return $"is reached {sink.Reached} times, {sink.Unsafe} of them unsafe";
        }

        if (annotation.LinesOfMessage.Except(sink.Lines).Any())
        {
            return $"is reached by way of the lines {string.Join(", ", sink.Lines)}";
        }

        return annotation is { IsFinding: false, Rule: TaintRule.Taint } ? ContradictionOfReason(annotation.Reason, sink) : null;
    }

    private static string? ContradictionOfReason(string? reason, Sink sink)
    {
        if (sink.Tainted != (reason == TaintAnnotation.Guarded))
        {
            return sink.Tainted ? "is reached by what an attacker chose" : "is not reached by what an attacker chose";
        }

        return sink.Sanitized == (reason == TaintAnnotation.Sanitized) ? null
            : sink.Sanitized ? "is reached by what a sanitizer gave"
            : "is not reached by what a sanitizer gave";
    }

    /// <summary>A sink that was reached.</summary>
    /// <param name="File">The file, as <see cref="TaintCases.Name"/>.</param>
    /// <param name="Line">The line.</param>
    /// <param name="Reached">How often.</param>
    /// <param name="Unsafe">How often with what it must not be reached with.</param>
    /// <param name="Lines">The lines of the sources and callers in this file that led there then.</param>
    /// <param name="Tainted">Whether what an attacker chose ever arrived, safe or not.</param>
    /// <param name="Sanitized">Whether what a sanitizer gave ever arrived.</param>
    internal sealed record Sink(string File, int Line, int Reached, int Unsafe, IReadOnlyList<int> Lines, bool Tainted, bool Sanitized);
}
