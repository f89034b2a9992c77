using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecoscanner.Cli.Remote;

/// <summary>What the commands read of the service's answers; a later service may say more.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 16)]
[JsonSerializable(typeof(RemoteProblem))]
[JsonSerializable(typeof(RemoteCaller))]
[JsonSerializable(typeof(RemoteScan))]
[JsonSerializable(typeof(RemoteTickets))]
[JsonSerializable(typeof(RemoteTicket))]
[JsonSerializable(typeof(Account))]
internal sealed partial class RemoteJson : JsonSerializerContext;

internal sealed record RemoteProblem(string? Title, string? Detail, IReadOnlyList<RemoteError>? Errors, string? TraceId);

internal sealed record RemoteError(string? Pointer, string? Detail);

internal sealed record RemoteCaller(string Kind, string Id, IReadOnlyList<RemoteGrant> Grants);

internal sealed record RemoteGrant(string Role, string? Partner, string? App, IReadOnlyList<string>? Capabilities);

/// <param name="Outcome"><c>passed</c>, <c>failed</c>, <c>held</c> or <c>pending</c>.</param>
internal sealed record RemoteScan(
    string Id,
    string State,
    string Outcome,
    string? App,
    bool Complete,
    long Findings,
    string? Failure,
    RemoteProgress? Progress,
    string? Stage = null
);

internal sealed record RemoteProgress(string? Scanner, string? What);

internal sealed record RemoteTickets(IReadOnlyList<RemoteTicket> Items, string? Next);

/// <param name="Move"><c>yours</c>, <c>ours</c> or <c>nobody</c>.</param>
internal sealed record RemoteTicket(
    string Key,
    string Title,
    string Severity,
    double Cvss,
    string Status,
    string App,
    string Rule,
    string Move,
    DateTimeOffset? DueAt,
    string? DueExplanation,
    IReadOnlyList<string>? Transitions,
    IReadOnlyList<RemoteEvent>? Events
);

/// <param name="Text">Why; null where the detail says it.</param>
internal sealed record RemoteEvent(DateTimeOffset At, string Actor, string Kind, string? Text, JsonElement Detail);
