using Ecoscanner.Advisories.Versions;
using Ecoscanner.Packages;
using Ecoscanner.Rules;

namespace Ecoscanner.Advisories.Reading;

/// <summary>A correction of a record whose source has it wrong. It holds only while the record is as wrong as it was.</summary>
public sealed record AdvisoryOverride
{
    /// <summary>The id, or an alias, of the record.</summary>
    public required string Id { get; init; }

    /// <summary>Why, for a person.</summary>
    public required string Reason { get; init; }

    /// <summary>The package that is meant: one of the record's, or the right name of its only one.</summary>
    public string? Package { get; init; }

    /// <summary>The ecosystem of packages that the record files under an unknown one.</summary>
    public Ecosystem? Ecosystem { get; init; }

    /// <summary>The right version that fixes it, in every range that has a fix.</summary>
    public string? Fixed { get; init; }

    /// <summary>The wrong version that <see cref="Fixed"/> stands in for; null for any.</summary>
    public string? WasFixed { get; init; }

    /// <summary>The right first affected version.</summary>
    public string? Introduced { get; init; }

    /// <summary>The right CVSS vector.</summary>
    public CvssVector? Vector { get; init; }

    /// <summary>Set where the whole record is to be left out, since then.</summary>
    public DateTimeOffset? Withdrawn { get; init; }

    internal Advisory Apply(Advisory advisory, List<AdvisoryProblem> problems)
    {
        var changed = advisory with
        {
            Affected = [.. advisory.Affected.Select(package => Apply(package, advisory.Affected.Length == 1))],
            Withdrawn = advisory.Withdrawn ?? Withdrawn,
            Score = Vector is null ? advisory.Score : new(Vector.BaseScore, Vector.Text, $"override: {Reason}"),
        };
        var isOfOtherEcosystem = advisory.Affected.Any(package => package.Source == SourceNames.Override);
        if (changed.Affected.SequenceEqual(advisory.Affected) && !isOfOtherEcosystem && Withdrawn is null && Vector is null)
        {
            // The source may have mended it.
            problems.Add(new(advisory.Id, "an override no longer changes anything: look at it again"));
            return advisory;
        }

        return changed with
        {
            Sources = [.. advisory.Sources, new(SourceNames.Override, Id, null, Reason)],
        };
    }

    private AffectedPackage Apply(AffectedPackage package, bool isOnly)
    {
        if (Package is not null && Package != package.Name && !isOnly && !Package.Equals(package.Name, StringComparison.OrdinalIgnoreCase))
        {
            return package;
        }

        var order = VersionOrder.Of(package.Ecosystem);
        var ranges = package.Ranges.Select(Apply).ToList();
        var isChanged = !ranges.SequenceEqual(package.Ranges) || (Package is not null && Package != package.Name);
        return isChanged && ranges.TrueForAll(range => range.Problem(order) is null)
            ? package with
            {
                Name = Package ?? package.Name,
                Ranges = [.. ranges],
                Source = SourceNames.Override,
            }
            : package;
    }

    private VersionRange Apply(VersionRange range) =>
        range with
        {
            From = Introduced ?? range.From,
            To = Fixed is not null && range.Fixed is not null && (WasFixed is null || WasFixed == range.Fixed) ? Fixed : range.To,
        };
}
