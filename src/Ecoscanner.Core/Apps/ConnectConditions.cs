using System.Collections.Frozen;
using System.Text.Json;

namespace Ecoscanner.Apps;

/// <summary>A module's <c>conditions</c>, asked one question: can anybody but an administrator ever see the module?</summary>
/// <remarks>
/// Each condition is true, false or unknown (null) for a user who administers nothing. Only a whole that is surely false keeps that
/// user out; whatever cannot be known may let them in.
/// </remarks>
internal static class ConnectConditions
{
    private static readonly FrozenSet<string> AdministratorConditions = FrozenSet.Create(
        StringComparer.Ordinal,
        "user_is_admin",
        "user_is_sysadmin",
        "user_is_project_admin",
        "user_is_confluence_administrator"
    );

    // Condition and permission; older keys of the same permissions beside the present ones.
    private static readonly FrozenSet<string> AdministratorPermissions = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "has_global_permission(ADMINISTER)",
        "has_global_permission(SYSTEM_ADMIN)",
        "has_project_permission(ADMINISTER_PROJECTS)",
        "has_project_permission(PROJECT_ADMIN)",
        "has_issue_permission(ADMINISTER_PROJECTS)",
        "has_issue_permission(PROJECT_ADMIN)",
        "has_space_permission(SETSPACEPERMISSIONS)",
        "has_space_permission(ADMINISTER)",
        "space_function_permission(SETSPACEPERMISSIONS)"
    );

    /// <summary>The condition that lets administrators only see the module, such as <c>condition user_is_admin</c>; null where others may see it.</summary>
    public static string? AdministratorsOnly(JsonElement module) =>
        module.TryGetProperty("conditions", out var conditions) && All(Members(conditions)) is { Shown: false, Because: var because } ? because : null;

    private static Answer Evaluate(JsonElement condition) =>
        condition.ValueKind != JsonValueKind.Object ? Answer.Unknown
        : condition.Text("condition") is { } name ? Single(condition, name)
        : condition.TryGetProperty("and", out var and) ? All(Members(and))
        : condition.TryGetProperty("or", out var or) ? Any(Members(or))
        : condition.TryGetProperty("conditions", out var members) ? Typed(condition.Text("type"), Members(members))
        : Answer.Unknown;

    private static Answer Typed(string? type, List<JsonElement> members) =>
        "or".Equals(type, StringComparison.OrdinalIgnoreCase) ? Any(members)
        : "and".Equals(type, StringComparison.OrdinalIgnoreCase) ? All(members)
        : Answer.Unknown;

    private static Answer Single(JsonElement condition, string name)
    {
        var permission = condition.TryGetProperty("params", out var parameters) ? parameters.Text("permission") : null;
        var call = permission is null ? name : $"{name}({permission})";
        if (!AdministratorConditions.Contains(name) && !AdministratorPermissions.Contains(call))
        {
            return Answer.Unknown;
        }

        return IsTrue(condition, "invert") ? Answer.Yes : new Answer(Shown: false, $"condition {call}");
    }

    private static Answer All(List<JsonElement> members)
    {
        var all = Answer.Yes;
        foreach (var answer in members.Select(Evaluate))
        {
            if (answer.Shown == false)
            {
                return answer;
            }

            all = answer.Shown is null ? answer : all;
        }

        return all;
    }

    private static Answer Any(List<JsonElement> members)
    {
        // An "or" of nothing is no shape of the schema; nobody knows what a product makes of it.
        Answer? any = null;
        foreach (var answer in members.Select(Evaluate))
        {
            if (answer.Shown == true)
            {
                return answer;
            }

            any = any is null || answer.Shown is null ? answer : any;
        }

        return any ?? Answer.Unknown;
    }

    private static List<JsonElement> Members(JsonElement conditions) =>
        conditions.ValueKind == JsonValueKind.Array ? [.. conditions.EnumerateArray()] : [conditions];

    // Old descriptors, made from XML, write "true".
    private static bool IsTrue(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value)
        && (value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.String && value.ValueEquals("true")));

    /// <summary>Whether a condition shows the module to a user who administers nothing.</summary>
    /// <param name="Shown">Null where it depends on more than administering.</param>
    private sealed record Answer(bool? Shown, string? Because = null)
    {
        public static readonly Answer Yes = new(Shown: true);
        public static readonly Answer Unknown = new(Shown: null);
    }
}
