using System.Diagnostics;
using System.Text.Json;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Values;

/// <summary>The files of a program, and the seeds of its runs.</summary>
internal sealed record RunProgram(IReadOnlyList<KeyValuePair<string, string>> Sources, IReadOnlyList<int> Environments)
{
    /// <summary>Whether it is also run untraced, to see that it does the same.</summary>
    public bool IsChecked { get; init; }

    public string Text => string.Concat(Sources.Select(file => $"// {file.Key}\n{file.Value}"));
}

/// <summary>A span of a file.</summary>
internal readonly record struct Place(string Name, int Start, int End)
{
    public string In(RunProgram program) => program.Sources.ToDictionary(file => file.Key, file => file.Value)[Name][Start..End];
}

/// <summary>From one place, functions were called.</summary>
internal sealed record ObservedCall(Place Site, string Kind, IReadOnlyList<Place> Targets);

/// <summary>
/// An expression had values. A letter says of what kind: s, n, b, i and the text; u, l for null, y for a symbol, o for an object,
/// f for a function, with its place where it is one of the program.
/// </summary>
internal sealed record ObservedValues(Place At, IReadOnlyList<string> Seen);

/// <summary>A text from one place came to another.</summary>
internal sealed record ObservedTaint(Place Source, Place Sink);

/// <summary>What Node did with a program in all of its runs.</summary>
internal sealed record ObservedProgram(
    IReadOnlyList<ObservedCall> Calls,
    IReadOnlyList<ObservedValues> Values,
    IReadOnlyList<ObservedTaint> Taint,
    IReadOnlyList<string> Ends,
    int Steps
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static string Folder => Path.Combine(Repository.Root, "test", "node");

    /// <summary>Whether the parser that the programs are rewritten with is there.</summary>
    public static bool CanRun => Directory.Exists(Path.Combine(Folder, "node_modules", "acorn"));

    /// <summary>Runs them all.</summary>
    public static List<ObservedProgram> Of(IReadOnlyList<RunProgram> programs)
    {
        var observed = new List<ObservedProgram>();
        foreach (var (line, program) in Run(programs).Zip(programs))
        {
            observed.Add(TryRead(line, out var failure) ?? throw new InvalidOperationException($"{failure}\n{program.Text}"));
        }

        Assert.Equal(programs.Count, observed.Count);
        return observed;
    }

    /// <summary>Runs them all; null for what is no program, or what Node gave up on.</summary>
    public static List<ObservedProgram?> TryOf(IEnumerable<RunProgram> programs) => [.. Run(programs).Select(line => TryRead(line, out _))];

    private static string[] Run(IEnumerable<RunProgram> programs)
    {
        var file = Path.Combine(Path.GetTempPath(), $"ecoscanner-{Guid.NewGuid():N}.json");
        var input = programs.Select(program => new
        {
            files = program.Sources.ToDictionary(source => source.Key, source => source.Value),
            entry = program.Sources[^1].Key,
            environments = program.Environments,
            @checked = program.IsChecked,
        });
        File.WriteAllText(file, JsonSerializer.Serialize(input));
        try
        {
            var script = Path.Combine(Folder, "value-traces.mjs");
            using var node = Process.Start(
                new ProcessStartInfo("node", ["--no-warnings", "--experimental-vm-modules", script, file])
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            var errors = node.StandardError.ReadToEndAsync();
            var lines = node.StandardOutput.ReadToEndAsync();
            if (!node.WaitForExit(Patience))
            {
                node.Kill();
                Assert.Fail("node did not answer");
            }

            Assert.True(node.ExitCode == 0, errors.Result);
            return lines.Result.TrimEnd().Split('\n');
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static ObservedProgram? TryRead(string line, out string? failure)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        failure = root.TryGetProperty("failed", out var failed) ? failed.GetString() : null;
        return failure is not null
            ? null
            : new(
                [.. root.GetProperty("calls").EnumerateArray().Select(CallOf)],
                [
                    .. root.GetProperty("values")
                        .EnumerateArray()
                        .Select(value => new ObservedValues(PlaceOf(value.GetProperty("at")), Texts(value.GetProperty("seen")))),
                ],
                [.. root.GetProperty("taint").EnumerateArray().Select(pair => new ObservedTaint(PlaceOf(pair[0]), PlaceOf(pair[1])))],
                Texts(root.GetProperty("ends")),
                root.GetProperty("steps").GetInt32()
            );
    }

    private static ObservedCall CallOf(JsonElement call) =>
        new(PlaceOf(call.GetProperty("site")), call.GetProperty("kind").GetString()!, [.. call.GetProperty("targets").EnumerateArray().Select(PlaceOf)]);

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];

    private static Place PlaceOf(JsonElement place) => new(place[0].GetString()!, place[1].GetInt32(), place[2].GetInt32());
}
