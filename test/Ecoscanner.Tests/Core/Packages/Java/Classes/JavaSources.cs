using System.Diagnostics;
using Ecoscanner.Packages.Java.Classes;

namespace Ecoscanner.Tests.Core.Packages.Java.Classes;

/// <summary>Compiles Java sources with the machine's own <c>javac</c>; a test without one is skipped.</summary>
internal static class JavaSources
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Compiles them together.</summary>
    /// <param name="sources">By the names of their classes, with slashes.</param>
    /// <param name="options">Such as <c>--release 8</c>, separated by spaces.</param>
    public static PackagedLibrary Compile(string library, string version, IReadOnlyDictionary<string, string> sources, string options = "-g")
    {
        var folder = Directory.CreateTempSubdirectory("ecoscanner-java");
        try
        {
            foreach (var (name, text) in sources)
            {
                var path = Path.Combine(folder.FullName, "src", $"{name}.java");
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, text);
            }

            var classes = Path.Combine(folder.FullName, "classes");
            Run([
                .. options.Split(' '),
                "-nowarn",
                "-encoding",
                "UTF-8",
                "-d",
                classes,
                .. sources.Keys.Select(name => Path.Combine(folder.FullName, "src", $"{name}.java")),
            ]);
            return new PackagedLibrary(
                library,
                version,
                Directory
                    .GetFiles(classes, "*.class", SearchOption.AllDirectories)
                    .ToDictionary(path => Path.GetRelativePath(classes, path).Replace('\\', '/')[..^".class".Length], File.ReadAllBytes, StringComparer.Ordinal)
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The fingerprint of one class of it.</summary>
    public static ClassFingerprint Print(this PackagedLibrary library, string name)
    {
        Assert.True(new ClassFingerprinter().TryRead(library.Classes[name], out var read, out var fingerprint, out var refusal), refusal);
        Assert.Equal(name, read);
        return fingerprint;
    }

    private static void Run(string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("javac", arguments) { RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.True(process.WaitForExit(Patience), "javac did not end");
            Assert.True(process.ExitCode == 0, errors.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("this machine has no javac");
        }
    }
}
