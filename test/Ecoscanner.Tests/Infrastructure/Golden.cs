using System.Runtime.CompilerServices;
using System.Text;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>Compares output with a file beside the test, or with <c>ECOSCANNER_ACCEPT=1</c> writes that file anew; then read the diff.</summary>
internal static class Golden
{
    private static bool Accepts => Environment.GetEnvironmentVariable("ECOSCANNER_ACCEPT") == "1";

    /// <summary>Fails with the first line that differs.</summary>
    /// <param name="extension">What stands after the test file's own name: <c>.html</c>, <c>.narrow.txt</c>.</param>
    public static void Matches(string actual, string extension, [CallerFilePath] string test = "") =>
        CheckFile(actual, Path.ChangeExtension(test, null) + extension);

    /// <summary>The same for a file elsewhere: a page of the documentation.</summary>
    public static void CheckFile(string actual, string path)
    {
        if (Accepts)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return;
        }

        Assert.True(File.Exists(path), $"{path} is missing: ./dev test --accept writes it");
        var expected = File.ReadAllText(path);
        if (actual != expected)
        {
            Assert.Fail($"{path} differs from line {FirstDifference(expected, actual)} on; ./dev test --accept rewrites it\n{Excerpt(expected, actual)}");
        }
    }

    private static int FirstDifference(string expected, string actual) =>
        expected.Split('\n').Zip(actual.Split('\n')).TakeWhile(pair => pair.First == pair.Second).Count() + 1;

    private static string Excerpt(string expected, string actual)
    {
        var line = FirstDifference(expected, actual) - 1;
        return $"- {expected.Split('\n').ElementAtOrDefault(line)}\n+ {actual.Split('\n').ElementAtOrDefault(line)}";
    }
}
