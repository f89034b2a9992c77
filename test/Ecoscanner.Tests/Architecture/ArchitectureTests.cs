using System.Text.RegularExpressions;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Architecture;

/// <summary>Keeps who may use whom, read from the using directives as docs/developing/architecture.md tells them.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] CoreFolders = ["Rules", "Source", "Findings", "Probing", "Packages", "Advisories", "Apps", "Scanning", "Reports"];

    private static string Source => Path.Combine(Repository.Root, "src");

    [Fact]
    public void Inside_core_a_folder_uses_only_folders_that_stand_before_it()
    {
        var wrong =
            from folder in CoreFolders
            from file in Files(Path.Combine("Ecoscanner.Core", folder))
            from used in Uses(file, "Ecoscanner.")
            let place = Array.IndexOf(CoreFolders, used)
            where place > Array.IndexOf(CoreFolders, folder)
            select $"{Path.GetFileName(file)} in {folder} uses {used}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Core_has_no_folder_that_the_order_does_not_name() =>
        Assert.Empty(Directory.GetDirectories(Path.Combine(Source, "Ecoscanner.Core")).Select(Path.GetFileName).Except([.. CoreFolders, "obj", "bin"]));

    [Fact]
    public void Core_uses_neither_scanners_nor_the_command_line() =>
        Assert.DoesNotContain(Files("Ecoscanner.Core"), file => Uses(file, "Ecoscanner.").Any(used => used is "Scanners" or "Cli"));

    [Fact]
    public void A_scanner_never_uses_another_scanner()
    {
        var wrong =
            from folder in Directory.GetDirectories(Path.Combine(Source, "Ecoscanner.Scanners"))
            from file in Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            from used in Uses(file, "Ecoscanner.Scanners.")
            where used != Path.GetFileName(folder)
            select $"{file} uses {used}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void A_folder_is_a_concept_and_never_a_kind() =>
        Assert.Empty(
            Directory
                .GetDirectories(Source, "*", SearchOption.AllDirectories)
                .Select(Path.GetFileName)
                .Intersect(["Models", "Services", "Helpers", "Utils", "Utilities", "Common", "Interfaces", "Managers"], StringComparer.OrdinalIgnoreCase)
        );

    private static IEnumerable<string> Files(string folder) =>
        Directory.Exists(Path.Combine(Source, folder)) ? Directory.GetFiles(Path.Combine(Source, folder), "*.cs", SearchOption.AllDirectories) : [];

    private static IEnumerable<string> Uses(string file, string prefix) =>
        File.ReadLines(file)
            .Select(line => Using().Match(line))
            .Where(match => match.Success && match.Groups["name"].Value.StartsWith(prefix, StringComparison.Ordinal))
            .Select(match => match.Groups["name"].Value[prefix.Length..].Split('.')[0]);

    [GeneratedRegex(@"^using (static )?(?<name>[\w.]+);", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Using();
}
