namespace Ecoscanner.Packages.Gradle;

/// <summary>What Gradle's names of configurations mean for what is shipped (Gradle user manual, the Java plugin).</summary>
internal static class GradleConfigurations
{
    /// <summary>How something is needed that stands in these configurations.</summary>
    /// <param name="hasRuntime">Whether the file tells of a runtime class path; without one, nothing says what is left out of the app.</param>
    public static (Need Need, Placement Placement) Of(IEnumerable<string> names, bool hasRuntime)
    {
        var (need, placement) = (Need.Development, Placement.Bundled);
        foreach (var name in names.Where(name => !IsTest(name)))
        {
            if (IsRuntime(name) || (!hasRuntime && !IsCompileOnly(name)))
            {
                return (Need.Required, Placement.Bundled);
            }

            if (IsCompileOnly(name))
            {
                // It is compiled against, and who runs the app brings it.
                (need, placement) = (Need.Required, Placement.HostProvided);
            }
        }

        return (need, placement);
    }

    /// <summary>runtimeClasspath, releaseRuntimeClasspath, and runtime of Gradle before 7.</summary>
    public static bool IsRuntime(string name) =>
        !IsTest(name) && (name.EndsWith("untimeClasspath", StringComparison.Ordinal) || name is "runtime" or "default" or "runtimeElements");

    private static bool IsCompileOnly(string name) =>
        name.EndsWith("ompileClasspath", StringComparison.Ordinal)
        || name is "compileOnly" or "compileOnlyApi" or "providedCompile" or "providedRuntime" or "provided" or "compile" or "implementation" or "api";

    private static bool IsTest(string name) => name.StartsWith("test", StringComparison.Ordinal) || name.Contains("Test", StringComparison.Ordinal);
}
