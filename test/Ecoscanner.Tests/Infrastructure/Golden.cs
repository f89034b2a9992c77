using System.Runtime.CompilerServices;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>Compares text with a file next to the test; <c>./dev test --accept</c> rewrites it.</summary>
internal static class Golden
{
    /// <summary>Compares with a file next to the test.</summary>
    /// <param name="name">The file's name, with its ending, next to the test that calls.</param>
    public static void Check(string actual, string name, [CallerFilePath] string test = "") =>
        CheckFile(actual, Path.Combine(Path.GetDirectoryName(test)!, name));

    /// <summary>The same for a file elsewhere: a page of the documentation.</summary>
    public static void CheckFile(string actual, string path)
    {
        if (Environment.GetEnvironmentVariable("ECOSCANNER_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"{path} is missing; ./dev test --accept writes it");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
