using Ecoscanner.Rules;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>An advisory in an index: what is asked often is here, all of it is read by <see cref="Read"/>.</summary>
public readonly struct IndexedAdvisory : IEquatable<IndexedAdvisory>
{
    private readonly AdvisoryIndex index;
    private readonly AdvisoryRecord record;

    internal IndexedAdvisory(AdvisoryIndex index, uint position, AdvisoryRecord record)
    {
        this.index = index;
        this.record = record;
        Position = position;
    }

    /// <summary>As <see cref="Advisory.Id"/>.</summary>
    public string Id => index.Text(record.Id);

    public bool IsMalicious => record.Flags.HasFlag(AdvisoryFlags.Malicious);

    public bool IsWithdrawn => record.Flags.HasFlag(AdvisoryFlags.Withdrawn);

    /// <summary>The CVSS base score from 0.0 to 10.0; null where none is known.</summary>
    public double? Score => record.Score == AdvisoryRecord.NoScore ? null : record.Score / 10.0;

    /// <summary>As <see cref="Advisory.Severity"/>.</summary>
    public Severity Severity => IsMalicious ? Severity.Critical : SeverityBand.Of(Score ?? 0);

    /// <summary>Where it stands among the advisories of its index.</summary>
    internal uint Position { get; }

    /// <summary>Equal in two indexes where it matches the same and is as severe.</summary>
    internal ulong Digest => record.Digest;

    internal AdvisoryRecord Record => record;

    public static bool operator ==(IndexedAdvisory left, IndexedAdvisory right) => left.Equals(right);

    public static bool operator !=(IndexedAdvisory left, IndexedAdvisory right) => !left.Equals(right);

    /// <summary>All of it.</summary>
    /// <exception cref="AdvisoryIndexException">The file is damaged there.</exception>
    public Advisory Read() => index.Read(this);

    public bool Equals(IndexedAdvisory other) => ReferenceEquals(index, other.index) && Position == other.Position;

    public override bool Equals(object? obj) => obj is IndexedAdvisory other && Equals(other);

    public override int GetHashCode() => (int)Position;
}

/// <summary>That an advisory affects a version of a package. Its texts are read when they are asked for.</summary>
public readonly struct AdvisoryMatch
{
    private readonly AdvisoryIndex index;
    private readonly PackageRecord package;
    private readonly Stretch stretch;
    private readonly uint source;

    internal AdvisoryMatch(AdvisoryIndex index, IndexedAdvisory advisory, PackageRecord package, Stretch stretch, uint source)
    {
        this.index = index;
        this.package = package;
        this.stretch = stretch;
        this.source = source;
        Advisory = advisory;
    }

    public IndexedAdvisory Advisory { get; }

    /// <summary>The range that the version stands in; of one listed version where it is just that.</summary>
    public VersionRange Range => index.RangeOf(package, stretch);

    /// <summary>The version that fixes it on this line; null where none is known.</summary>
    public string? Fixed => Range.Fixed;

    /// <summary>The name of the source whose range it is.</summary>
    public string Source => index.Text(source);
}

/// <summary>What an index says of a version of a package.</summary>
/// <param name="Matches">By id of the advisory; one a advisory.</param>
/// <param name="IsVersion">False where the text is no version of its ecosystem, so that nothing could be compared: not knowing is not passing.</param>
public sealed record PackageMatches(IReadOnlyList<AdvisoryMatch> Matches, bool IsVersion)
{
    public static readonly PackageMatches None = new([], IsVersion: true);
}

/// <summary>A version to go to.</summary>
/// <param name="Version">The lowest one that clears what was to be cleared.</param>
/// <param name="IsSameMajor">True where its first number is that of the version one has.</param>
public readonly record struct Fix(string Version, bool IsSameMajor);
