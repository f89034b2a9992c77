namespace Ecoscanner.Service.Tickets;

/// <summary>What comes with a transition. Each transition names those that it takes; nobody sets a severity, a source or (but staff, at an extension) a due date.</summary>
public sealed record TransitionFields
{
    public static readonly TransitionFields None = new();

    // As a comment; more is an attachment.
    private const int LongestText = TicketComments.LongestText;

    // Nobody plans a fix, and nobody accepts a risk, for longer.
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(366);

    public string? Reason { get; init; }

    /// <summary>Markdown: what shows that it is no flaw.</summary>
    public string? Evidence { get; init; }

    /// <summary>Markdown: how and in which steps it is fixed.</summary>
    public string? Plan { get; init; }

    public DateTimeOffset? ProposedDue { get; init; }

    /// <summary>The due date that is granted.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Until when a risk may stay.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The other ticket's key.</summary>
    public string? DuplicateOf { get; init; }

    private IEnumerable<(string Name, object? Value)> All =>
        [
            ("reason", Reason),
            ("evidence", Evidence),
            ("plan", Plan),
            ("proposed-due", ProposedDue),
            ("due", Due),
            ("until", Until),
            ("duplicate-of", DuplicateOf),
        ];

    /// <summary>The texts, by the kind of comment that keeps them.</summary>
    internal IEnumerable<(string Kind, string Text)> Texts =>
        new[] { ("reason", Reason), ("evidence", Evidence), ("plan", Plan) }
            .Where(text => text.Item2 is { Length: > 0 })
            .Select(text => (text.Item1, text.Item2!));

    /// <summary>What is wrong with them for this transition; null where nothing is.</summary>
    internal TransitionOutcome.WrongField? Check(Transition transition, TicketRow ticket, DateTimeOffset now)
    {
        foreach (var (name, value) in All)
        {
            var isGiven = value is not null && value is not string { Length: 0 };
            if (isGiven && !transition.Requires.Contains(name, StringComparer.Ordinal) && !transition.Allows.Contains(name, StringComparer.Ordinal))
            {
                return new(name, $"is not taken by {transition.Name}");
            }

            if (!isGiven && transition.Requires.Contains(name, StringComparer.Ordinal))
            {
                return new(name, $"is required by {transition.Name}");
            }

            if (value is string text && isGiven && (string.IsNullOrWhiteSpace(text) || text.Length > LongestText))
            {
                return new(name, $"must say something, in at most {LongestText} characters");
            }

            if (value is DateTimeOffset day && (day <= now || day > now + Farthest))
            {
                return new(name, $"must be a day from now on, within {Farthest.TotalDays} days");
            }
        }

        var later = ProposedDue ?? Due;
        return later is not null && later <= ticket.Due
            ? new(ProposedDue is null ? "due" : "proposed-due", $"must be after the due date, {Policies.DueDate.Day(ticket.Due!.Value)}")
            : null;
    }
}
