using Ecoscanner.Packages;
using Ecoscanner.Packages.Maven;
using Ecoscanner.Tests.Core.Packages.Node;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Packages.Maven;

public sealed class MavenTreeTests
{
    // As the plugin 3.5.0 prints it in a build of three modules on a terminal.
    private static readonly string Log = """
        [^[1;34mINFO^[m] ^[1m--- ^[0;32mmaven-dependency-plugin:3.5.0:tree^[m ^[1m(default-cli)^[m @ ^[36mparent^[0;1m ---^[m
        [^[1;34mINFO^[m] com.acme:parent:pom:1.0
        [^[1;34mINFO^[m]
        [^[1;34mINFO^[m] ^[1mBuilding core 1.0                                                  [2/3]^[m
        [^[1;34mINFO^[m] com.acme:core:jar:1.0
        [^[1;34mINFO^[m] +- org.apache.maven:maven-model:jar:3.8.7:provided
        [^[1;34mINFO^[m] |  \- (org.codehaus.plexus:plexus-utils:jar:3.0:provided - omitted for duplicate)
        [^[1;34mINFO^[m] \- org.apache.maven:maven-settings:jar:3.8.7:compile
        [^[1;34mINFO^[m]    \- org.codehaus.plexus:plexus-utils:jar:3.0:compile
        [^[1;34mINFO^[m]
        [^[1;34mINFO^[m] com.acme:web:war:1.0
        [^[1;34mINFO^[m] +- com.acme:core:jar:1.0:compile
        [^[1;34mINFO^[m] |  \- org.apache.maven:maven-settings:jar:3.8.7:compile
        [^[1;34mINFO^[m] |     \- (org.codehaus.plexus:plexus-utils:jar:3.0:compile - omitted for conflict with 3.5)
        [^[1;34mINFO^[m] +- commons-io:commons-io:jar:2.11.0:test
        [^[1;34mINFO^[m] +- io.netty:netty-transport:jar:linux-x86_64:4.1.100:runtime (version managed from 4.1.90)
        [^[1;34mINFO^[m] \- org.codehaus.plexus:plexus-utils:jar:3.5:compile (optional)
        [^[1;34mINFO^[m] ^[1m------------------------------------------------------------------------^[m
        [^[1;34mINFO^[m] web ................................................ ^[1;32mSUCCESS^[m [  0.019 s]
        """.Replace("^[", "\e[", StringComparison.Ordinal);

    [Fact]
    public void A_build_of_several_modules_is_read_from_its_log()
    {
        Assert.True(MavenTree.Reads(Log));
        var inventory = MavenTree.Read(Log, "tree.txt");
        Assert.Empty(inventory.Gaps);
        Assert.Equal(
            [
                "> com.acme:core@1.0",
                "> commons-io:commons-io@2.11.0",
                "> io.netty:netty-transport@4.1.100",
                "> org.apache.maven:maven-model@3.8.7",
                "> org.apache.maven:maven-settings@3.8.7",
                "> org.codehaus.plexus:plexus-utils@3.5",
                "com.acme:core@1.0 > org.apache.maven:maven-settings@3.8.7",
                "org.apache.maven:maven-model@3.8.7 > org.codehaus.plexus:plexus-utils@3.0",
                "org.apache.maven:maven-settings@3.8.7 > org.codehaus.plexus:plexus-utils@3.0",
                "org.apache.maven:maven-settings@3.8.7 > org.codehaus.plexus:plexus-utils@3.5",
            ],
            LockfileProject.Edges(inventory)
        );
        Assert.Equal("a module of the same build", LockfileProject.One(inventory, "com.acme:core").Origin);
        Assert.Equal(Placement.HostProvided, LockfileProject.One(inventory, "org.apache.maven:maven-model").Placement);
        // It stands first where it is provided, and is taken where it is shipped.
        Assert.Equal(Placement.Bundled, LockfileProject.One(inventory, "org.codehaus.plexus:plexus-utils@3.0").Placement);
        Assert.True(LockfileProject.One(inventory, "commons-io:commons-io").IsDevelopment);
        Assert.False(LockfileProject.One(inventory, "org.codehaus.plexus:plexus-utils@3.5").IsDevelopment);
    }

    [Theory]
    [InlineData("com.acme:app:jar:1.0\n+- a:b:jar:1.0:compile\n|  \\- c:d:jar:2.0:runtime\n\\- e:f:jar:3.0:test\n")]
    [InlineData(
        "2026-01-01T00:00:00.1234567Z [INFO] com.acme:app:jar:1.0\r\n2026-01-01T00:00:00.1234567Z [INFO] +- a:b:jar:1.0:compile\r\n2026-01-01T00:00:00.1234567Z [INFO] |  \\- c:d:jar:2.0:runtime\r\n2026-01-01T00:00:00.1234567Z [INFO] \\- e:f:jar:3.0:test\r\n"
    )]
    public void Files_and_logs_of_servers_are_read_alike(string text)
    {
        Assert.True(MavenTree.Reads(text));
        var inventory = MavenTree.Read(text, "tree.txt");
        Assert.Equal(["> a:b@1.0", "> e:f@3.0", "a:b@1.0 > c:d@2.0"], LockfileProject.Edges(inventory));
        Assert.Equal("tree.txt#a:b:1.0", inventory.Components[0].Places[0]);
    }

    [Theory]
    [InlineData("com.acme:app:jar:1.0\n|  |  \\- a:b:jar:1.0:compile\n")]
    [InlineData("com.acme:app:jar:1.0\n+- a:b\n")]
    [InlineData("")]
    [InlineData("BUILD FAILURE")]
    public void What_is_no_tree_is_a_gap(string text) => Assert.NotEmpty(MavenTree.Read(text, "tree.txt").Gaps);

    [Fact]
    public void A_bomb_of_depth_is_a_gap()
    {
        var text =
            "com.acme:app:jar:1.0\n"
            + string.Concat(Enumerable.Range(0, 2000).Select(at => string.Concat(Enumerable.Repeat("   ", at)) + $"\\- a:b{at}:jar:1.0:compile\n"));
        var inventory = MavenTree.Read(text, "tree.txt");
        Assert.NotEmpty(inventory.Gaps);
        Assert.InRange(inventory.Components.Count, 100, 400);
    }

    [Fact]
    public void Any_damage_ends_in_an_inventory() =>
        Fuzz.Run(random =>
        {
            var text = Log.ToCharArray().ToList();
            for (var count = random.Next(30); count > 0; count--)
            {
                text[random.Next(text.Count)] = random.GetItems<char>("\n \\|+-:()[]\e\0é", 1)[0];
            }

            var damaged = new string([.. text]);
            Assert.NotNull(MavenTree.Read(damaged, "tree.txt"));
            Assert.NotNull(Ecoscanner.Packages.Gradle.GradleTree.Read(damaged, "tree.txt"));
        });
}
