namespace Ecoscanner.Service.Tickets;

/// <summary>What became of a transition that somebody asked for.</summary>
public abstract record TransitionOutcome
{
    /// <summary>The ticket as it is now; the program may have moved it on at once.</summary>
    public sealed record Done(TicketRow Ticket) : TransitionOutcome;

    /// <summary>There is none in sight: it does not exist, or is not theirs to know of.</summary>
    public sealed record NotFound : TransitionOutcome;

    /// <summary>Somebody changed it since it was read.</summary>
    /// <param name="Ticket">As it is now.</param>
    public sealed record Stale(TicketRow Ticket) : TransitionOutcome;

    /// <summary>The workflow has no such transition from here, or not for them.</summary>
    public sealed record Refused(string Reason) : TransitionOutcome;

    /// <summary>A field is missing, wrong, or not theirs to set.</summary>
    public sealed record WrongField(string Field, string Reason) : TransitionOutcome;
}
