namespace Ecoscanner.Tests.Infrastructure;

/// <summary>Public data that lies beside some checkouts: advisories, vectors. Tests that use it skip where it does not.</summary>
internal static class SharedData
{
    private static readonly string? Root = Find();

    /// <summary>The path of a file or folder of it, such as <c>versions/node-semver-comparisons.json</c>; skips the test where there is none.</summary>
    public static string Path(string relative)
    {
        var path = Root is null ? null : System.IO.Path.Combine(Root, relative);
        Assert.SkipUnless(path is not null && System.IO.Path.Exists(path), $"there is no shared/data/{relative} above this checkout");
        return path!;
    }

    private static string? Find()
    {
        for (var folder = Repository.Root; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            var data = System.IO.Path.Combine(folder, "shared", "data");
            if (Directory.Exists(data))
            {
                return data;
            }
        }

        return null;
    }
}
