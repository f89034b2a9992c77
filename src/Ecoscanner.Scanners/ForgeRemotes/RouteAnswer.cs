using Ecoscanner.Findings;
using Ecoscanner.Probing;

namespace Ecoscanner.Scanners.ForgeRemotes;

/// <summary>What one request to a route got.</summary>
internal sealed record RouteAnswer(string Purpose, Exchange Exchange, ProbeFailure? Failure, bool HasContent)
{
    public int Status => Exchange.Status ?? 0;

    public bool Succeeded => Failure is null && Status is >= 200 and < 300;

    /// <summary>It says "who are you?".</summary>
    public bool AsksWho => Failure is null && Status is 401 or 403;

    /// <summary>What it got, in a few words for a person.</summary>
    public string Words => Failure?.Message ?? $"{Status}";

    public static RouteAnswer Of(string purpose, ProbeAnswer answer) => new(purpose, answer.Exchange, answer.Failure, !answer.Body.IsEmpty);
}
