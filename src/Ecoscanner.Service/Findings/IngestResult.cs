namespace Ecoscanner.Service.Findings;

/// <summary>What became of a report.</summary>
public enum IngestOutcome
{
    /// <summary>Taken in.</summary>
    Ingested,

    /// <summary>It says what the last complete run said: only times were written.</summary>
    Unchanged,

    /// <summary>Its run has ended before; nothing was written.</summary>
    Ended,

    /// <summary>Who gives it does not hold the run's lane any more; nothing was written.</summary>
    LeaseLost,
}

/// <param name="Opened">Findings that were opened, those that were opened again included; of a run that does not count, that would have been.</param>
/// <param name="Closed">Likewise.</param>
public sealed record IngestResult(IngestOutcome Outcome, int Opened = 0, int Closed = 0);
