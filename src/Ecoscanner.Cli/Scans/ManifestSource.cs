using Ecoscanner.Apps.Forge;
using Ecoscanner.Cli.Terminals;

namespace Ecoscanner.Cli.Scans;

/// <summary>Gets the Forge app behind a target from its source.</summary>
internal static class ManifestSource
{
    private static readonly string[] Sections = ["app", "modules", "connectModules"];

    /// <summary>The app whose manifest the target is.</summary>
    /// <exception cref="TargetException">The file cannot be read, or is no manifest.</exception>
    public static ForgeApp Read(Target target, Terminal terminal)
    {
        var app = Read(target.Path!);
        if (!Sections.Any(section => app.Manifest.Root.Find(section) is not null))
        {
            var problem = app.Manifest.Problems.FirstOrDefault(problem => problem.Kind is ManifestProblemKind.NotRead);
            throw TargetException.Wrong(
                problem is null ? target.Path! : $"{target.Path}:{problem.Place}",
                problem?.Message ?? "has neither app nor modules, so it is no Forge app's manifest; name the folder with the app's manifest.yml"
            );
        }

        var descriptor = Path.Combine(app.Folder, Target.DescriptorName);
        if (target.Path != target.Text && File.Exists(descriptor))
        {
            terminal.Complain($"{target.Text} holds {Target.DescriptorName} too; only the Forge app is scanned. Name that file to scan the Connect app");
        }

        return app;
    }

    private static ForgeApp Read(string path)
    {
        try
        {
            return ForgeAppReader.Read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TargetException.Wrong(path, $"cannot be read: {e.Message.TrimEnd('.')}; check the file and its permissions", e);
        }
    }
}
