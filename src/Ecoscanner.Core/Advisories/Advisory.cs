using System.Collections.Immutable;
using Ecoscanner.Advisories.Versions;
using Ecoscanner.Packages;
using Ecoscanner.Rules;

namespace Ecoscanner.Advisories;

/// <summary>A known vulnerability, or a malicious package, as one or several sources describe it.</summary>
public sealed record Advisory
{
    /// <summary>The id people know it by: the CVE where it has one, else the GHSA, else the source's own.</summary>
    public required string Id { get; init; }

    /// <summary>Its other ids, in ordinal order.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>One line for a person, written by strangers: escape it. Empty where there is none.</summary>
    public string Summary { get; init; } = "";

    /// <summary>UTC; null where the source says nothing.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>When the record last changed, UTC; null where the source says nothing.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>When it was taken back, UTC; null where it stands. A withdrawn one is never reported.</summary>
    public DateTimeOffset? Withdrawn { get; init; }

    /// <summary>The CVSS base score from 0.0 to 10.0 that severity and due date follow from; null where no source gives a vector or a label.</summary>
    public AdvisoryScore? Score { get; init; }

    /// <summary>True where the package is an attack itself: a shipped one is critical.</summary>
    public bool IsMalicious { get; init; }

    /// <summary>Numbers of MITRE's CWE list.</summary>
    public ImmutableArray<int> Weaknesses { get; init; } = [];

    public ImmutableArray<AffectedPackage> Affected { get; init; } = [];

    public ImmutableArray<Uri> References { get; init; } = [];

    /// <summary>The records that it was made of.</summary>
    public ImmutableArray<AdvisorySource> Sources { get; init; } = [];

    public Severity Severity => IsMalicious ? Severity.Critical : SeverityBand.Of(Score?.Base ?? 0);
}

/// <summary>A score and how it was chosen.</summary>
/// <param name="Base">0.0 to 10.0.</param>
/// <param name="Vector">The CVSS vector; null where the score is the middle of a label's band.</param>
/// <param name="Reason">Which source's, and why this one, for a person.</param>
public sealed record AdvisoryScore(double Base, string? Vector, string Reason);

/// <summary>A record that an advisory was made of.</summary>
/// <param name="Name">Such as <c>GHSA</c>, <c>GitLab</c>, <c>override</c>.</param>
/// <param name="Record">The record's id at the source.</param>
/// <param name="Licence">SPDX id; null where the source names none.</param>
/// <param name="Note">What a person should know of it, such as why an override corrects it; null where there is nothing.</param>
public sealed record AdvisorySource(string Name, string Record, string? Licence, string? Note = null);

/// <summary>Which versions of a package are affected, by one source.</summary>
/// <param name="Name">As in <see cref="PackageUrl.Name"/>.</param>
/// <param name="Ranges">Affected is what stands in any of them,</param>
/// <param name="Versions">or is one of these.</param>
/// <param name="Source">The name of the source whose ranges these are.</param>
public sealed record AffectedPackage(Ecosystem Ecosystem, string Name, ImmutableArray<VersionRange> Ranges, ImmutableArray<string> Versions, string Source)
{
    /// <summary>Null where the text is no version.</summary>
    public bool? Affects(string version)
    {
        var order = VersionOrder.Of(Ecosystem);
        if (order.Key(version) is not { } key)
        {
            return null;
        }

        return Ranges.Any(range => range.Contains(key, order)) || Versions.Any(listed => order.Key(listed) == key);
    }
}
