namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>A path of the analysis of values in its parts.</summary>
internal static class PathSteps
{
    private const string Require = "require(\"";

    /// <summary>The package, or null; and the names after it, <c>a()</c> for what calling it gives. What compilers put between is left out.</summary>
    public static (string? Package, string[] Steps) Of(string path)
    {
        if (!path.StartsWith(Require, StringComparison.Ordinal) || path.IndexOf("\")", Require.Length, StringComparison.Ordinal) is not (>= 0 and var end))
        {
            return (null, path.Split('.'));
        }

        var steps = path[(end + 2)..].Split('.', StringSplitOptions.RemoveEmptyEntries).Where(step => step != "default").ToArray();
        return (path[Require.Length..end], steps);
    }
}
