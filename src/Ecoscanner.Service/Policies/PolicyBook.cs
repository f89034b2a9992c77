using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Policies;

/// <summary>All versions of the policies, and which of them is in force when: the texts are data of the program, the dates are rows.</summary>
public static partial class PolicyBook
{
    private const string BugFix = "bug-fix";
    private const string Operation = "operation";

    private static readonly FrozenDictionary<int, BugFixPolicy> BugFixVersions = new[] { "bug-fix-2022.json", "bug-fix-2023.json" }
        .Select(name => Read(name, PolicyShape.Default.BugFixPolicy))
        .ToFrozenDictionary(policy => policy.Version);

    private static readonly FrozenDictionary<int, OperationPolicy> OperationVersions = new[] { "operation-1.json" }
        .Select(name => Read(name, PolicyShape.Default.OperationPolicy))
        .ToFrozenDictionary(policy => policy.Version);

    public static IReadOnlyList<BugFixPolicy> BugFixPolicies => [.. BugFixVersions.Values.OrderBy(policy => policy.Version)];

    public static IReadOnlyList<OperationPolicy> OperationPolicies => [.. OperationVersions.Values.OrderBy(policy => policy.Version)];

    /// <summary>Null where this program has no such version.</summary>
    public static BugFixPolicy? BugFixVersion(int version) => BugFixVersions.GetValueOrDefault(version);

    public static BugFixPolicy BugFixInForce(Session session, DateTimeOffset at) => BugFixVersions[Version(session, BugFix, at)];

    public static OperationPolicy OperationInForce(Session session) => OperationVersions[Version(session, Operation, session.Now)];

    /// <summary>Which version holds from when, the latest decision first.</summary>
    /// <param name="before">The id of the last row of the part before.</param>
    public static IReadOnlyList<InForce> History(Session session, long before, int limit) =>
        session.List<InForce>(
            "select id, policy, version, from_at, decided_by, decided_at, reason from policy_in_force where id < @before order by id desc limit @limit",
            new { before, limit }
        );

    /// <summary>Decides that a version holds from a day on; what is due already keeps the version by which it was computed.</summary>
    /// <param name="policy"><c>bug-fix</c> or <c>operation</c>.</param>
    /// <returns>Why it cannot be; null where it was done.</returns>
    public static string? PutInForce(Session session, Principal by, string policy, int version, DateTimeOffset from, string reason)
    {
        if (!by.MayEverywhere(Capability.ManagePolicy))
        {
            return "only who manages policies may put a version in force";
        }

        var isKnown = policy switch
        {
            BugFix => BugFixVersions.ContainsKey(version),
            Operation => OperationVersions.ContainsKey(version),
            _ => false,
        };
        if (!isKnown)
        {
            return $"this ecoscanner has no version {version} of a policy {policy}";
        }

        // A policy that holds in the past would change what people were told.
        if (from < session.Now)
        {
            return "a version can be put in force from now on, not from a day that has passed";
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return "say why, in the reason";
        }

        session.Execute(
            """
            insert into policy_in_force (policy, version, from_at, decided_by, decided_at, reason)
            values (@policy, @version, @from, @by, @Clock, @reason)
            """,
            new
            {
                policy,
                version,
                from = from.ToUnixTimeMilliseconds(),
                by = by.Name,
                session.Clock,
                reason,
            }
        );
        AuditLog.Record(session, new AuditEntry(0, by.Kind, by.Id, "policy.in-force", $"policy:{policy}:{version}", reason));
        return null;
    }

    private static int Version(Session session, string policy, DateTimeOffset at) =>
        session.Find<int?>(
            "select version from policy_in_force where policy = @policy and from_at <= @at order by from_at desc, id desc limit 1",
            new { policy, at = at.ToUnixTimeMilliseconds() }
        )
        // Before the first date, as with a clock that was set back: the first version.
        ?? session.One<int>("select version from policy_in_force where policy = @policy order by from_at, id limit 1", new { policy });

    private static T Read<T>(string name, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> shape)
    {
        using var stream = typeof(PolicyBook).Assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize(stream, shape)!;
    }

    /// <summary>From when a version of a policy holds, and who decided it.</summary>
    public sealed record InForce(long Id, string Policy, long Version, long FromAt, string DecidedBy, long DecidedAt, string Reason);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        Converters = [typeof(Words<Rules.Severity>), typeof(Words<Hosting>), typeof(Words<Enforcement>)]
    )]
    [JsonSerializable(typeof(BugFixPolicy))]
    [JsonSerializable(typeof(OperationPolicy))]
    private sealed partial class PolicyShape : JsonSerializerContext;

    private sealed class Words<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
        where T : struct, Enum;
}
