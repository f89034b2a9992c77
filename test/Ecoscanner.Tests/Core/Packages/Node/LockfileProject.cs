using System.Text;
using Ecoscanner.Packages;
using Ecoscanner.Packages.Node;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Packages.Node;

/// <summary>A project with lockfiles, in memory.</summary>
internal static class LockfileProject
{
    /// <summary>The lockfiles that package managers made of <c>Lockfiles/app</c>: their names are the manager, its version, and the file's own name.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "test", "Ecoscanner.Tests", "Core", "Packages", "Node", "Lockfiles");

    public static Inventory Read(params (string Path, string Text)[] files) =>
        Read(files.ToDictionary(file => file.Path, file => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(file.Text)));

    public static Inventory Read(Dictionary<string, ReadOnlyMemory<byte>> files) =>
        LockfileFolder.Read(AppFiles.OfMemory(files, LockfileFolder.Reads), TestContext.Current.CancellationToken);

    /// <summary>The app of <c>Lockfiles/app</c> with one of its lockfiles.</summary>
    public static Dictionary<string, ReadOnlyMemory<byte>> App(string lockfile)
    {
        var files = new Dictionary<string, ReadOnlyMemory<byte>>
        {
            ["package.json"] = File.ReadAllBytes(Path.Combine(Folder, "app", "package.json")),
            ["packages/a/package.json"] = File.ReadAllBytes(Path.Combine(Folder, "app", "packages", "a", "package.json")),
            ["local/package.json"] = File.ReadAllBytes(Path.Combine(Folder, "app", "local", "package.json")),
            [lockfile[(lockfile.IndexOf('.', StringComparison.Ordinal) + 1)..]] = File.ReadAllBytes(Path.Combine(Folder, lockfile)),
        };
        if (lockfile.StartsWith("npm6", StringComparison.Ordinal))
        {
            // It knows no workspaces, and they would stand for themselves.
            files.Remove("packages/a/package.json");
        }

        return files;
    }

    /// <summary>Who brings whom, in lines such as <c>debug@4.3.4 > ms@2.1.2</c>.</summary>
    public static IReadOnlyList<string> Edges(Inventory inventory)
    {
        var roots = inventory.Graph.Roots.Select(root => $"> {Name(inventory, root)}");
        var others = inventory.Graph.Brings.SelectMany((brings, from) => brings.Select(to => $"{Name(inventory, from)} > {Name(inventory, to)}"));
        return [.. roots.Concat(others).Distinct().Order(StringComparer.Ordinal)];
    }

    public static string Name(Inventory inventory, int at) => Name(inventory.Components[at]);

    public static string Name(Component component) => $"{component.Package.Name}@{component.Package.Version}";

    public static Component One(Inventory inventory, string name) => Assert.Single(inventory.Components, one => Name(one) == name || one.Package.Name == name);
}
