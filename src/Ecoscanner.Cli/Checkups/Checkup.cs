namespace Ecoscanner.Cli.Checkups;

/// <summary>How a check of this machine came out.</summary>
internal enum Health
{
    Good,

    /// <summary>Something works less well, or not as one may think.</summary>
    Note,

    /// <summary>Scans do not work.</summary>
    Bad,
}

/// <summary>One thing about this machine that scans depend on.</summary>
/// <param name="Subject">What was looked at, in a word or two.</param>
/// <param name="Finding">What was seen and, where it is not good, the way out.</param>
internal sealed record Checkup(string Subject, Health Health, string Finding)
{
    public static Checkup Good(string subject, string finding) => new(subject, Health.Good, finding);

    public static Checkup Note(string subject, string finding) => new(subject, Health.Note, finding);

    public static Checkup Bad(string subject, string finding) => new(subject, Health.Bad, finding);
}
