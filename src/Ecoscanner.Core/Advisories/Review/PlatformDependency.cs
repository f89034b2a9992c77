using System.Text.Json.Serialization;
using Ecoscanner.Packages;

namespace Ecoscanner.Advisories.Review;

/// <summary>Packages that the platform forces on partners: what only they bring is for somebody else to mend.</summary>
/// <param name="Ecosystem">Of the names.</param>
/// <param name="Name">A package's name, or the beginning of names before a <c>*</c>.</param>
/// <param name="Reason">Why the partner cannot do without, for a person.</param>
/// <param name="Owner">Who has to act.</param>
/// <param name="From">The first day on which it holds.</param>
/// <param name="Until">The first day on which it no longer holds.</param>
public sealed record PlatformDependency(Ecosystem Ecosystem, string Name, string Reason, string Owner, DateOnly From, DateOnly Until)
{
    [JsonIgnore]
    private string Beginning => Name.TrimEnd('*');

    /// <summary>Whether it speaks of this component on that day. What does not come from a registry only bears the name.</summary>
    public bool Covers(Component component, DateOnly today) =>
        component.Package.Ecosystem == Ecosystem
        && component.Origin is null
        && today >= From
        && today < Until
        && (
            Name.EndsWith('*')
                ? component.Package.Name.StartsWith(Beginning, StringComparison.Ordinal)
                : component.Package.Name.Equals(Name, StringComparison.Ordinal)
        );
}
