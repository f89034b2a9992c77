using System.Text.RegularExpressions;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Architecture;

/// <summary>Keeps who may use whom, read from the using directives as docs/developing/architecture.md tells them.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] CoreFolders = ["Rules", "Source", "Findings", "Probing", "Packages", "Advisories", "Apps", "Scanning", "Reports"];

    private static readonly string[] JavaScriptFolders =
    [
        "Text",
        "Diagnostics",
        "Syntax",
        "Binding",
        "Resolution",
        "Modules",
        "Flow",
        "Lowering",
        "Values",
        "Taint",
    ];

    private static readonly string[] ServiceFolders =
    [
        "Storage",
        "Access",
        "Audit",
        "Vault",
        "Catalogue",
        "Policies",
        "Runs",
        "Findings",
        "Tickets",
        "Scheduling",
        "Inventories",
        "Mail",
        "Api",
    ];

    private static string Source => Path.Combine(Repository.Root, "src");

    [Fact]
    public void Inside_core_a_folder_uses_only_folders_that_stand_before_it() => Assert.Empty(UsesAgainstOrder("Ecoscanner.Core", CoreFolders, "Ecoscanner."));

    [Fact]
    public void Inside_the_JavaScript_front_end_a_folder_uses_only_folders_that_stand_before_it() =>
        Assert.Empty(UsesAgainstOrder("Ecoscanner.JavaScript", JavaScriptFolders, "Ecoscanner.JavaScript."));

    [Fact]
    public void Inside_the_service_a_folder_uses_only_folders_that_stand_before_it() =>
        Assert.Empty(UsesAgainstOrder("Ecoscanner.Service", ServiceFolders, "Ecoscanner.Service."));

    [Fact]
    public void The_service_has_no_folder_that_the_order_does_not_name() => Assert.Empty(Unnamed("Ecoscanner.Service", ServiceFolders));

    [Fact]
    public void The_service_uses_neither_the_command_line_nor_the_front_end_of_JavaScript() =>
        Assert.DoesNotContain(Files("Ecoscanner.Service"), file => Uses(file, "Ecoscanner.").Any(used => used is "Cli" or "JavaScript"));

    [Fact]
    public void Core_has_no_folder_that_the_order_does_not_name() => Assert.Empty(Unnamed("Ecoscanner.Core", CoreFolders));

    [Fact]
    public void The_JavaScript_front_end_has_no_folder_that_the_order_does_not_name() => Assert.Empty(Unnamed("Ecoscanner.JavaScript", JavaScriptFolders));

    [Fact]
    public void The_JavaScript_front_end_uses_nothing_of_ours_and_no_package()
    {
        Assert.DoesNotContain("Reference Include", File.ReadAllText(Path.Combine(Source, "Ecoscanner.JavaScript", "Ecoscanner.JavaScript.csproj")));
        Assert.DoesNotContain(Files("Ecoscanner.JavaScript"), file => Uses(file, "Ecoscanner.").Any(used => used != "JavaScript"));
    }

    [Fact]
    public void Core_uses_neither_scanners_nor_the_command_line() =>
        Assert.DoesNotContain(Files("Ecoscanner.Core"), file => Uses(file, "Ecoscanner.").Any(used => used is "Scanners" or "Service" or "Cli"));

    [Fact]
    public void A_scanner_never_uses_another_scanner()
    {
        var wrong =
            from folder in Directory.GetDirectories(Path.Combine(Source, "Ecoscanner.Scanners"))
            from file in Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            from used in Uses(file, "Ecoscanner.Scanners.")
            // The one room without a scanner: the program that scanners of Forge apps read.
            where used != Path.GetFileName(folder) && used != "ForgePrograms"
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

    private static IEnumerable<string> UsesAgainstOrder(string project, string[] order, string prefix) =>
        from folder in order
        from file in Files(Path.Combine(project, folder))
        from used in Uses(file, prefix)
        where Array.IndexOf(order, used) > Array.IndexOf(order, folder)
        select $"{Path.GetFileName(file)} in {folder} uses {used}";

    private static IEnumerable<string?> Unnamed(string project, string[] order) =>
        Directory.GetDirectories(Path.Combine(Source, project)).Select(Path.GetFileName).Except([.. order, "obj", "bin"]);

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
