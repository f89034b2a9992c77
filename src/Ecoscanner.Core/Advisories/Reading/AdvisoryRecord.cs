namespace Ecoscanner.Advisories.Reading;

/// <summary>A record as it lies in a feed, not read yet.</summary>
/// <param name="Place">Where it lies: <c>all.zip!/GHSA-….json</c>, <c>feed.jsonl:12</c>.</param>
/// <param name="Problem">Why there are no bytes, for a person; null where there are.</param>
public sealed record AdvisoryRecord(string Place, AdvisoryFormat Format, ReadOnlyMemory<byte> Bytes, string? Problem = null)
{
    /// <summary>Never throws: what is wrong is in a reading. One record gives one reading, but for the repository of retire.js.</summary>
    public IReadOnlyList<AdvisoryReading> Read(AdvisoryOverrides? overrides = null)
    {
        if (Problem is not null)
        {
            return [AdvisoryReading.Unreadable(Place, Problem)];
        }

        return Format switch
        {
            AdvisoryFormat.Osv => [OsvReader.Read(Bytes, Place, overrides)],
            AdvisoryFormat.GitLab => [GitLabReader.Read(Bytes, Place, overrides)],
            AdvisoryFormat.Retire => RetireReader.Read(Bytes, Place),
            _ => throw new InvalidOperationException($"no reader for {Format}"),
        };
    }
}

public enum AdvisoryFormat
{
    /// <summary>One JSON object of the OSV schema.</summary>
    Osv,

    /// <summary>One YAML file of GitLab's advisory database.</summary>
    GitLab,

    /// <summary>The repository of retire.js.</summary>
    Retire,
}
