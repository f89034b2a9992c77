namespace Ecoscanner.Service.Tests;

/// <summary>Looks for bytes in everything that lies in a folder.</summary>
internal static class Files
{
    public static void HoldNone(string folder, params byte[][] needles)
    {
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var content = new byte[file.Length];
            file.ReadExactly(content);
            foreach (var needle in needles)
            {
                Assert.True(content.AsSpan().IndexOf(needle) < 0, $"{path} holds it");
            }
        }
    }
}
