namespace Ecoscanner.Advisories.Reading;

/// <summary>What came of one record of a source.</summary>
/// <param name="Advisory">Null where the record is of other ecosystems, or cannot be read.</param>
/// <param name="Problems">What of the record is left out. An advisory can stand beside them, without the ranges that are wrong.</param>
public sealed record AdvisoryReading(Advisory? Advisory, IReadOnlyList<AdvisoryProblem> Problems)
{
    /// <summary>A record that is none of ours.</summary>
    public static readonly AdvisoryReading Nothing = new(null, []);

    internal static AdvisoryReading Unreadable(string record, string reason) => new(null, [new(record, reason)]);
}

/// <summary>Something of a record that could not be used.</summary>
/// <param name="Record">The record's id, or where it stands if it has none: <c>feed.jsonl:12</c>. Written by strangers: escape it.</param>
/// <param name="Reason">Why, for a person.</param>
public sealed record AdvisoryProblem(string Record, string Reason);
