using System.Diagnostics;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>Validates JSON with npm's ajv, a validator that is not ours.</summary>
internal static class NodeSchemas
{
    /// <summary>SARIF's schema among the shared data, which stands beside the checkout.</summary>
    public static string Sarif => Path.Combine(Repository.Root, "..", "shared", "data", "schemas", "sarif-schema-2.1.0.json");

    /// <summary>Fails with ajv's errors where a document does not hold; skips where Node, its packages or the schema are missing.</summary>
    /// <param name="pointer">JSON pointer of the part of the schema to hold documents against: <c>#/$defs/finding</c>.</param>
    /// <param name="extension"><c>.jsonl</c> validates each line.</param>
    public static void Validate(string schemaPath, string document, string pointer = "#", string extension = ".json")
    {
        var script = Path.Combine(Repository.Root, "test", "node", "validate.mjs");
        Assert.SkipUnless(File.Exists(schemaPath), $"{Path.GetFileName(schemaPath)} is not here: shared/ stands beside the checkout");
        Assert.SkipUnless(Directory.Exists(Path.Combine(Path.GetDirectoryName(script)!, "node_modules")), "ajv is not installed: run npm ci in test/node");
        var file = Path.Combine(Path.GetTempPath(), $"ecoscanner-{Guid.NewGuid():N}{extension}");
        File.WriteAllText(file, document);
        try
        {
            using var node = Start([script, schemaPath, pointer, file]);
            var output = node.StandardOutput.ReadToEnd() + node.StandardError.ReadToEnd();
            node.WaitForExit();
            Assert.True(node.ExitCode == 0, output);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(
                new ProcessStartInfo("node", arguments)
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("node is not installed");
            throw;
        }
    }
}
