using System.Collections.Frozen;
using System.Text.Json;

namespace Ecoscanner.Apps;

/// <summary>The places in the products' menus that only administrators see, and the web sections that an app puts there.</summary>
internal sealed class AdministratorLocations
{
    // Jira's administration and project settings (its "UI locations" pages), Confluence's administration and old space administration.
    private static readonly FrozenSet<string> Places = FrozenSet.Create(
        StringComparer.Ordinal,
        "admin_applications_section",
        "admin_issues_menu",
        "admin_plugins_menu",
        "admin_project_menu",
        "admin_system_menu",
        "admin_users_menu",
        "advanced_menu_section",
        "atl.jira.proj.config",
        "system.admin",
        "system.admin.top.navigation.bar",
        "system.space.admin"
    );

    // A section in a section in a section; descriptors have one level.
    private const int MaximumNesting = 4;

    private readonly HashSet<string> sections = new(StringComparer.Ordinal);

    /// <summary>Reads the descriptor's own sections.</summary>
    /// <param name="webSections">The <c>webSections</c> of the descriptor; undefined where it has none.</param>
    public AdministratorLocations(JsonElement webSections)
    {
        var declared = webSections.ValueKind == JsonValueKind.Array ? [.. webSections.EnumerateArray()] : new List<JsonElement> { webSections };
        for (var level = 0; level < MaximumNesting; level++)
        {
            foreach (var section in declared.Where(Contain))
            {
                sections.Add(section.Text("key") ?? "");
            }
        }
    }

    /// <summary>Whether a module's <c>location</c> is such a place.</summary>
    public bool Contain(JsonElement module) => module.Text("location") is { } location && location.Split('/').Any(IsAdministrators);

    // The products prefix an app's own sections with its key and two underscores; both spellings are seen in the wild.
    private bool IsAdministrators(string part) =>
        part.Length > 0
        && (
            Places.Contains(part)
            || sections.Contains(part)
            || (part.IndexOf("__", StringComparison.Ordinal) is > 0 and var at && sections.Contains(part[(at + 2)..]))
        );
}
