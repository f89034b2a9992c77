using System.Collections.Immutable;
using Ecoscanner.Advisories;
using Ecoscanner.Advisories.Review;
using Ecoscanner.Findings;
using Ecoscanner.Packages;
using Ecoscanner.Tests.Core.Advisories.Indexing;

namespace Ecoscanner.Tests.Core.Advisories.Review;

public sealed class InventoryReviewTests : IDisposable
{
    private static readonly DateOnly Today = new(2026, 12, 1);

    private static readonly PlatformDependency Kit = new(
        Ecosystem.Npm,
        "@kit/*",
        "its components are asked for",
        "the platform",
        new(2026, 1, 1),
        new(2027, 1, 1)
    );

    private readonly MadeIndex made = new();

    [Theory]
    [InlineData("@kit/form > bad", true)]
    [InlineData("@kit/form > @kit/field > helper > bad", true)]
    [InlineData("own > @kit/form > bad", true)]
    [InlineData("@kit/form > bad; own > bad", false)] // one way of its own
    [InlineData("@kit/form > helper > bad; helper", false)] // it asks for the helper itself
    [InlineData("bad", false)]
    [InlineData("@kitchen/form > bad", false)] // another scope
    [InlineData("own > @kit/form; own > bad", false)]
    public void A_package_is_forced_only_where_every_way_leads_through_the_platform(string ways, bool isForced) =>
        Assert.Equal(isForced, Assert.Single(Reviewed(Inventory(ways), Bad("bad")).Vulnerable).ForcedBy is not null);

    [Fact]
    public void The_platform_s_own_package_is_for_the_partner_to_upgrade() =>
        Assert.Null(Assert.Single(Reviewed(Inventory("@kit/form"), Bad("@kit/form")).Vulnerable).ForcedBy);

    [Fact]
    public void What_the_platform_forces_it_forces_until_a_day()
    {
        var index = made.Of(Bad("bad"));
        VulnerablePackage On(DateOnly day) => Assert.Single(new InventoryReview(index, [Kit], day).Of(Inventory("@kit/form > bad")).Vulnerable);
        Assert.Equal([true, false], ((DateOnly[])[new(2026, 12, 31), new(2027, 1, 1)]).Select(day => On(day).ForcedBy is not null));
    }

    [Fact]
    public void A_package_that_only_bears_the_name_of_the_platform_s_exempts_nothing()
    {
        var inventory = Inventory("@kit/form > bad");
        var forged = inventory with { Components = [inventory.Components[0] with { Origin = "file:./mine" }, inventory.Components[1]] };
        Assert.Null(Assert.Single(Reviewed(forged, Bad("bad")).Vulnerable).ForcedBy);
    }

    [Fact]
    public void Development_and_the_host_s_libraries_are_not_judged()
    {
        var inventory = Inventory("tool; host");
        var components = inventory.Components;
        inventory = inventory with { Components = [components[0] with { IsDevelopment = true }, components[1] with { Placement = Placement.HostProvided }] };
        Assert.Empty(Reviewed(inventory, Bad("tool"), Bad("host", "CVE-2026-0002")).Vulnerable);
    }

    [Fact]
    public void Two_versions_of_a_package_are_one_finding_with_both_in_it()
    {
        var inventory = Inventory("one > bad; two");
        var old = inventory.Components[1] with
        {
            Package = new(Ecosystem.Npm, "bad", "0.9.0"),
            Places = ["package-lock.json#node_modules/two/node_modules/bad"],
        };
        inventory = new([.. inventory.Components, old], new(inventory.Graph.Roots, [.. inventory.Graph.Brings[..2], [3], []]), []);
        var found = Assert.Single(Reviewed(inventory, Bad("bad")).Vulnerable);
        Assert.Equal(["1.0.0", "0.9.0"], found.Components.Select(component => component.Component.Package.Version));
        Assert.Equal(["one@1.0.0 > bad@1.0.0", "two@1.0.0 > bad@0.9.0"], found.Ways);
        Assert.Equal("pkg:npm/bad#CVE-2026-0001", found.Place().Identity);
    }

    [Theory]
    [InlineData(null, "the version of bad is not known, and some versions of it are vulnerable")]
    [InlineData("${revision}", "'${revision}' of bad is no version, so it could not be compared")]
    public void A_version_that_cannot_be_compared_is_a_gap(string? version, string reason)
    {
        var inventory = Inventory("bad; good");
        inventory = inventory with { Components = [.. inventory.Components.Select(one => one with { Package = one.Package with { Version = version } })] };
        var review = Reviewed(inventory, Bad("bad"));
        Assert.Empty(review.Vulnerable);
        Assert.Equal(reason, Assert.Single(review.Open).Reason);
    }

    [Fact]
    public void The_first_to_mend_is_the_one_with_the_highest_priority()
    {
        var review = Reviewed(
            Inventory("own > low; own > high; own > attack"),
            Bad("low") with
            {
                Score = new(5.0, null, "made"),
            },
            Bad("high", "CVE-2026-0002"),
            Bad("attack", "MAL-2026-1") with
            {
                IsMalicious = true,
                Score = null,
            }
        );
        Assert.Equal(["attack", "high", "low"], review.Vulnerable.Select(found => found.Name));
        Assert.Equal([1000, (98 * 6) + 50, (50 * 6) + 50], review.Vulnerable.Select(found => found.Priority.Value));
        Assert.Equal("638 of 1000 = 588 (CVSS 9.8 x 60) + 50 (a fix is there)", review.Vulnerable[1].Priority.ToString());
    }

    [Fact]
    public void A_copy_without_the_vulnerable_class_is_cleared_of_just_that()
    {
        const string Jndi = "org.apache.logging.log4j.core.lookup.JndiLookup";
        var inventory = Inventory("own");
        var patched = inventory.Components[0] with { Package = new(Ecosystem.Maven, "org.apache.logging.log4j:log4j-core", "2.14.1"), Removed = [Jndi] };
        var review = Reviewed(
            inventory with
            {
                Components = [patched],
            },
            MadeIndex.Maven("CVE-2021-44228", "org.apache.logging.log4j:log4j-core", "[2.0,2.15.0)"),
            MadeIndex.Maven("CVE-2021-45105", "org.apache.logging.log4j:log4j-core", "[2.0,2.17.0)")
        );
        Assert.Equal("CVE-2021-45105", Assert.Single(review.Vulnerable).Advisory.Id);
        Assert.Equal("CVE-2021-44228", Assert.Single(review.Cleared).Advisory.Id);
    }

    [Fact]
    public void Of_several_possible_versions_what_affects_all_of_them_affects_it_and_the_rest_is_a_gap()
    {
        var inventory = Inventory("own");
        var shaded = inventory.Components[0] with { Package = new(Ecosystem.Npm, "own", null), PossibleVersions = ["1.0.0", "1.1.0"] };
        var review = Reviewed(inventory with { Components = [shaded] }, Bad("own"), MadeIndex.Npm("CVE-2026-0002", "own", "(,1.1.0)"));
        Assert.Equal("CVE-2026-0001", Assert.Single(review.Vulnerable).Advisory.Id);
        Assert.Equal("own is one of 1.0.0 to 1.1.0, and some of these have CVE-2026-0002", Assert.Single(review.Open).Reason);
    }

    public void Dispose() => made.Dispose();

    private ReviewedInventory Reviewed(Inventory inventory, params Advisory[] advisories) =>
        new InventoryReview(made.Of(advisories), [Kit], Today).Of(inventory, TestContext.Current.CancellationToken);

    private static Advisory Bad(string package, string id = "CVE-2026-0001") =>
        new()
        {
            Id = id,
            Score = new(9.8, null, "made"),
            Affected = [new AffectedPackage(Ecosystem.Npm, package, [new VersionRange(null, true, "2.0.0", false)], [], "made")],
        };

    /// <summary>An inventory whose graph has these ways, each from what the app asks for itself.</summary>
    private static Inventory Inventory(string ways)
    {
        var names = new List<string>();
        var roots = new SortedSet<int>();
        var brings = new Dictionary<int, SortedSet<int>>();
        foreach (var way in ways.Split("; "))
        {
            var before = -1;
            foreach (var name in way.Split(" > "))
            {
                var at = names.IndexOf(name);
                if (at < 0)
                {
                    at = names.Count;
                    names.Add(name);
                }

                (
                    before < 0 ? roots
                    : brings.TryGetValue(before, out var known) ? known
                    : brings[before] = []
                ).Add(at);
                before = at;
            }
        }

        return new(
            [
                .. names.Select(name => new Component
                {
                    Package = new(Ecosystem.Npm, name, "1.0.0"),
                    Placement = Placement.Bundled,
                    Confidence = Confidence.High,
                    Places = [$"package-lock.json#node_modules/{name}"],
                }),
            ],
            new([.. roots], [.. names.Select((_, at) => brings.TryGetValue(at, out var brought) ? brought.ToImmutableArray() : [])]),
            []
        );
    }
}
