namespace Ecoscanner.Cli.Samples;

/// <summary>The packages that the lockfile of a Node project names.</summary>
internal static class NodePackages
{
    /// <summary>Installs them where they are missing or older than the lockfile.</summary>
    /// <param name="onInstall">Told what is about to be installed; not called where nothing is.</param>
    /// <exception cref="SampleException">npm is missing or failed.</exception>
    public static async Task InstallAsync(string project, Action<string> onInstall, CancellationToken cancellationToken)
    {
        var modules = new DirectoryInfo(Path.Combine(project, "node_modules"));
        var lockfile = new FileInfo(Path.Combine(project, "package-lock.json"));
        if (!lockfile.Exists)
        {
            throw new SampleException($"{lockfile.FullName} is missing: the samples come with the source; run from a checkout of it");
        }

        if (modules.Exists && modules.LastWriteTimeUtc >= lockfile.LastWriteTimeUtc)
        {
            return;
        }

        onInstall($"installing the Node packages of {project} (npm ci)");
        await using var npm = ChildProcess.Start("npm", project, ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
        if (await npm.ExitAsync(cancellationToken) != 0)
        {
            throw new SampleException($"npm ci in {project} failed: {await npm.ComplaintsAsync(cancellationToken)}; run it there to see more");
        }

        // npm leaves the folder's time alone where only packages inside change.
        modules.Refresh();
        modules.LastWriteTimeUtc = lockfile.LastWriteTimeUtc;
    }
}
