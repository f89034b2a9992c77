using System.Text;
using Ecoscanner.Packages;
using Ecoscanner.Packages.Gradle;
using Ecoscanner.Tests.Core.Packages.Node;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Packages.Gradle;

public sealed class GradleTests
{
    private const string Lockfile = """
        # This is a Gradle generated file for dependency locking.
        com.google.guava:guava:31.1-jre=compileClasspath,runtimeClasspath,testCompileClasspath,testRuntimeClasspath
        javax.servlet:servlet-api:2.5=compileClasspath
        junit:junit:4.13.2=testCompileClasspath,testRuntimeClasspath
        org.checkerframework:checker:3.0=annotationProcessor
        org.slf4j:slf4j-api:1.7.36=runtimeClasspath,testRuntimeClasspath
        empty=compileOnly
        """;

    private const string Tree = """

        ------------------------------------------------------------
        Root project 'app'
        ------------------------------------------------------------

        compileClasspath - Compile classpath for source set 'main'.
        +--- com.google.guava:guava:30.0-jre -> 31.1-jre
        |    \--- com.google.guava:failureaccess:1.0.1
        \--- javax.servlet:servlet-api:2.5

        runtimeClasspath - Runtime classpath of source set 'main'.
        +--- com.google.guava:guava:30.0-jre -> 31.1-jre
        |    +--- com.google.guava:failureaccess:1.0.1
        |    \--- com.google.guava:listenablefuture:{strictly 1.0} -> 1.0 (c)
        +--- project :core
        |    +--- org.slf4j:slf4j-api -> 1.7.36
        |    \--- com.google.guava:guava:31.1-jre (*)
        \--- old:name:1.0 -> new:name:2.0

        testRuntimeClasspath - Runtime classpath of source set 'test'.
        \--- junit:junit:4.13.2

        implementation - Implementation dependencies for the 'main' feature. (n)
        \--- com.google.guava:guava:30.0-jre (n)

        (c) - A dependency constraint, not a dependency. The dependency affected by the constraint occurs elsewhere in the tree.
        (*) - Indicates repeated occurrences of a transitive dependency subtree.

        A web-based, searchable dependency report is available by adding the --scan option.
        """;

    [Fact]
    public void Configurations_say_what_is_shipped()
    {
        var inventory = Read(("gradle.lockfile", Lockfile));
        Assert.Empty(inventory.Gaps);
        Assert.Equal((Placement.Bundled, false), Of(inventory, "com.google.guava:guava"));
        Assert.Equal((Placement.Bundled, false), Of(inventory, "org.slf4j:slf4j-api"));
        Assert.Equal((Placement.HostProvided, false), Of(inventory, "javax.servlet:servlet-api"));
        Assert.Equal((Placement.Bundled, true), Of(inventory, "junit:junit"));
        Assert.Equal((Placement.Bundled, true), Of(inventory, "org.checkerframework:checker"));
    }

    [Fact]
    public void Lockfiles_of_one_configuration_each_are_read_together()
    {
        var inventory = Read(
            ("gradle/dependency-locks/runtimeClasspath.lockfile", "a:b:1.0\n"),
            ("gradle/dependency-locks/compileClasspath.lockfile", "a:b:1.0\nc:d:1.0\n"),
            ("gradle/dependency-locks/testRuntimeClasspath.lockfile", "e:f:1.0\n"),
            ("buildscript-gradle.lockfile", "g:h:1.0=classpath\n")
        );
        Assert.Equal(["a:b@1.0", "c:d@1.0", "e:f@1.0"], inventory.Components.Select(LockfileProject.Name).Order(StringComparer.Ordinal));
        Assert.Equal((Placement.HostProvided, false), Of(inventory, "c:d"));
    }

    [Fact]
    public void Without_a_runtime_class_path_nothing_is_left_out_but_tests()
    {
        var inventory = Read(("gradle.lockfile", "a:b:1.0=custom\nc:d:1.0=testImplementation\n"));
        Assert.Equal(((Placement.Bundled, false), (Placement.Bundled, true)), (Of(inventory, "a:b"), Of(inventory, "c:d")));
    }

    [Fact]
    public void A_broken_line_is_a_gap() => Assert.Equal("gradle.lockfile:2", Assert.Single(Read(("gradle.lockfile", "a:b:1.0=x\n<<<<<<<\n")).Gaps).Place);

    [Fact]
    public void The_text_of_gradle_dependencies_is_read()
    {
        Assert.True(GradleTree.Reads(Tree));
        var inventory = GradleTree.Read(Tree, "deps.txt");
        Assert.Empty(inventory.Gaps);
        Assert.Contains("> org.slf4j:slf4j-api@1.7.36", LockfileProject.Edges(inventory));
        Assert.Contains("> new:name@2.0", LockfileProject.Edges(inventory));
        Assert.Contains("com.google.guava:guava@31.1-jre > com.google.guava:failureaccess@1.0.1", LockfileProject.Edges(inventory));
        Assert.DoesNotContain(inventory.Components, one => one.Package.Name is "old:name" or "com.google.guava:listenablefuture");
        Assert.Equal((Placement.HostProvided, false), Of(inventory, "javax.servlet:servlet-api"));
        Assert.True(LockfileProject.One(inventory, "junit:junit").IsDevelopment);
        Assert.Contains(inventory.Components, one => one is { Package.Name: "com.google.guava:guava", Placement: Placement.Bundled, IsDevelopment: false });
    }

    [Fact]
    public void What_Gradle_could_not_resolve_is_a_gap() =>
        Assert.Contains(GradleTree.Read("runtimeClasspath - x\n+--- a:b:1.0 FAILED\n\\--- c:d:1.0\n", "deps.txt").Gaps, gap => gap.Place == "deps.txt:2");

    [Fact]
    public void Any_damage_ends_in_an_inventory() =>
        Fuzz.Run(random =>
        {
            var text = new StringBuilder(Tree);
            for (var count = random.Next(30); count > 0; count--)
            {
                text[random.Next(text.Length)] = random.GetItems<char>("\n \\|+-:>(*){}\0é", 1)[0];
            }

            Assert.NotNull(GradleTree.Read(text.ToString(), "deps.txt"));
            Assert.NotNull(Read(("gradle.lockfile", text.ToString())));
        });

    private static (Placement Placement, bool IsDevelopment) Of(Inventory inventory, string name)
    {
        var one = LockfileProject.One(inventory, name);
        return (one.Placement, one.IsDevelopment);
    }

    private static Inventory Read(params (string Path, string Text)[] files) =>
        GradleLockfile.Read(
            AppFiles.OfMemory(files.ToDictionary(file => file.Path, file => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(file.Text)), GradleLockfile.Reads),
            TestContext.Current.CancellationToken
        );
}
