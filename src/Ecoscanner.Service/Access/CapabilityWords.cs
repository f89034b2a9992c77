using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Ecoscanner.Service.Access;

/// <summary>Capabilities and roles as tokens, the API and pages write them: <c>read-findings</c>, <c>partner-admin</c>.</summary>
public static partial class CapabilityWords
{
    private static readonly FrozenDictionary<string, Capability> Capabilities = Enum.GetValues<Capability>()
        .ToFrozenDictionary(capability => Of(capability), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Role> Roles = Enum.GetValues<Role>().ToFrozenDictionary(role => Of(role), StringComparer.Ordinal);

    public static string Of(Capability capability) => Kebab(capability.ToString());

    public static string Of(Role role) => Kebab(role.ToString());

    public static string Of(IEnumerable<Capability> capabilities) => string.Join(' ', capabilities.Order().Select(Of));

    /// <summary>The capability, or null where it is none.</summary>
    public static Capability? Find(string word) => Capabilities.TryGetValue(word, out var capability) ? capability : null;

    /// <summary>The role, or null where it is none.</summary>
    public static Role? FindRole(string word) => Roles.TryGetValue(word, out var role) ? role : null;

    /// <summary>Those that the words name. Words of a later version mean nothing, so they give nothing.</summary>
    public static IReadOnlySet<Capability> Parse(string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Find).OfType<Capability>().ToFrozenSet();

    private static string Kebab(string name) => Hump().Replace(name, "-$0").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z])[A-Z]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hump();
}
