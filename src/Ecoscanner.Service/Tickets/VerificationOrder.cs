namespace Ecoscanner.Service.Tickets;

/// <summary>A run that proves a fix: only these rules at these places, against the newest released version, before everything else.</summary>
/// <param name="Rules">Ids.</param>
/// <param name="Places">As findings name them.</param>
/// <param name="NotBefore">Now, but for second looks.</param>
/// <param name="Announced">False for a second look, which the partner does not see before it has ended.</param>
/// <param name="Attempt">The first is 1.</param>
public sealed record VerificationOrder(
    TicketRow Ticket,
    IReadOnlyList<string> Rules,
    IReadOnlyList<string> Places,
    DateTimeOffset NotBefore,
    bool Announced,
    long Attempt
)
{
    /// <summary>Makes the run one of its kind, as <c>run.trigger_key</c>.</summary>
    public string TriggerKey => $"verification:{Ticket.Key}:{Ticket.RowVersion}:{(Announced ? "first" : "second")}:{Attempt}";
}
