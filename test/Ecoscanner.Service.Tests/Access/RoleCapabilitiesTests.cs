using System.Text;
using Ecoscanner.Service.Access;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Access;

public sealed class RoleCapabilitiesTests
{
    [Fact]
    public void The_matrix_in_the_documentation_is_the_one_that_counts()
    {
        var roles = Enum.GetValues<Role>().Where(role => role != Role.System).ToList();
        var page = new StringBuilder(
            "# The access matrix\n\nMade from the program by a test; [access.md](access.md) says what the roles are for. A token has what it was made with, at most what stands here.\n\n"
        );
        page.Append($"| may | {string.Join(" | ", roles.Select(CapabilityWords.Of))} |\n|---|{string.Concat(roles.Select(_ => ":-:|"))}\n");
        foreach (var capability in Enum.GetValues<Capability>())
        {
            page.Append(
                $"| {CapabilityWords.Of(capability)} | {string.Join(" | ", roles.Select(role => RoleCapabilities.Has(role, capability) ? "yes" : ""))} |\n"
            );
        }

        Golden.CheckFile(page.ToString(), Path.Combine(Repository.Root, "docs", "operating", "access-matrix.md"));
    }

    [Fact]
    public void Only_triagers_and_opened_break_glass_see_content_of_all_the_staff() =>
        Assert.Equal(
            [Role.PartnerViewer, Role.PartnerResponder, Role.PartnerAdmin, Role.CiToken, Role.Triager, Role.BreakGlass, Role.System],
            RoleCapabilities.With(Capability.ReadFindings)
        );

    [Fact]
    public void Every_word_of_a_capability_and_role_means_that_one()
    {
        Assert.All(Enum.GetValues<Capability>(), capability => Assert.Equal(capability, CapabilityWords.Find(CapabilityWords.Of(capability))));
        Assert.All(Enum.GetValues<Role>(), role => Assert.Equal(role, CapabilityWords.FindRole(CapabilityWords.Of(role))));
        Assert.Equal([Capability.Upload], CapabilityWords.Parse("upload teleport"));
        Assert.Equal("ci-token", CapabilityWords.Of(Role.CiToken));
    }
}
