using Ecoscanner.Apps.Forge;
using Ecoscanner.Cli.Terminals;

namespace Ecoscanner.Cli.Scans;

/// <summary>Gets the Forge app behind a target from its source.</summary>
internal static class ManifestSource
{
    private static readonly string[] Sections = ["app", "modules", "connectModules"];

    /// <summary>The app whose manifest the target is, or holds.</summary>
    /// <exception cref="TargetException">The file cannot be read, or is no manifest.</exception>
    public static ForgeApp Read(Target target, Terminal terminal, CancellationToken cancellation)
    {
        var app = Read(target, cancellation);
        if (!Sections.Any(section => app.Manifest.Root.Find(section) is not null))
        {
            var problem = app.Manifest.Problems.FirstOrDefault(problem => problem.Kind is ManifestProblemKind.NotRead);
            throw TargetException.Wrong(
                problem is null ? target.Path!
                    : target.IsZip ? $"{target.Path}: {app.ManifestName}:{problem.Place}"
                    : $"{target.Path}:{problem.Place}",
                problem?.Message ?? "has neither app nor modules, so it is no Forge app's manifest; name the folder with the app's manifest.yml"
            );
        }

        if (target.Path != target.Text && app.Folder is { } folder && File.Exists(Path.Combine(folder, Target.DescriptorName)))
        {
            terminal.Complain($"{target.Text} holds {Target.DescriptorName} too; only the Forge app is scanned. Name that file to scan the Connect app");
        }

        return app;
    }

    private static ForgeApp Read(Target target, CancellationToken cancellation)
    {
        var path = target.Path!;
        try
        {
            return target.IsZip ? ForgeAppReader.ReadZip(path, cancellation) : ForgeAppReader.Read(path);
        }
        catch (InvalidDataException e)
        {
            throw TargetException.Wrong(path, $"cannot be scanned: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TargetException.Wrong(path, $"cannot be read: {e.Message.TrimEnd('.')}; check the file and its permissions", e);
        }
    }
}
