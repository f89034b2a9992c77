using System.Diagnostics;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>A person's desk: an empty folder, an environment without settings, and the real program to run in it.</summary>
internal sealed class Desk : IDisposable
{
    // A command that says nothing for so long hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("ecoscanner-desk-");

    public Desk() => Folder = home.CreateSubdirectory("work").FullName;

    /// <summary>The folder that commands run in.</summary>
    public string Folder { get; set; }

    /// <summary>Variables that commands see, beside a few that every process needs.</summary>
    public Dictionary<string, string> Environment { get; } = new() { ["COLUMNS"] = "100" };

    /// <summary>What the person types.</summary>
    public string Input { get; init; } = "";

    public static string Program { get; } =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../Ecoscanner.Cli", new DirectoryInfo(AppContext.BaseDirectory).Name, "ecoscanner"));

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }

    /// <summary>Sets the rights of a file, where the system has such.</summary>
    public void Restrict(string name, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(PathOf(name), mode);
        }
    }

    public string Read(string name) => File.ReadAllText(PathOf(name));

    public Task<Outcome> RunAsync(params string[] arguments) => StartAsync(Program, arguments);

    /// <summary>Runs another program at this desk.</summary>
    public async Task<Outcome> StartAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(StartInfo(program, arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(Input);
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end in {Patience}", e);
        }

        return new Outcome(process.ExitCode, await output, await error);
    }

    public ProcessStartInfo StartInfo(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var kept = new[] { "PATH", "DOTNET_ROOT", "LANG" }.Where(start.Environment.ContainsKey).ToDictionary(name => name, name => start.Environment[name]);
        start.Environment.Clear();
        foreach (var (name, value) in kept)
        {
            start.Environment[name] = value;
        }

        start.Environment["HOME"] = home.FullName;
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    public void Dispose() => home.Delete(recursive: true);
}

/// <summary>What a command came to.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error);
