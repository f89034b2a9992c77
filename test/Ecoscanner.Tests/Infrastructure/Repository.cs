namespace Ecoscanner.Tests.Infrastructure;

/// <summary>Where the checkout stands that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ecoscanner.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"no Ecoscanner.slnx above {AppContext.BaseDirectory}");
        }

        return folder;
    }
}
