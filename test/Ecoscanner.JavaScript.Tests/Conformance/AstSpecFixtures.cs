namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>A file that typescript-eslint's definition of its syntax trees is tested with.</summary>
/// <param name="Path">Below the checkout, with forward slashes.</param>
/// <param name="Jsx">TypeScript with JSX, else without.</param>
/// <param name="Valid">False where typescript-eslint's parser must reject the file: the compiler alone accepts most of those.</param>
internal sealed record AstSpecFixture(string Path, bool Jsx, bool Valid);

/// <summary>Reads the fixtures of typescript-eslint's package ast-spec.</summary>
internal static class AstSpecFixtures
{
    private const string Root = "packages/ast-spec/src";

    public static IEnumerable<AstSpecFixture> Read(string checkout) =>
        Directory
            .EnumerateFiles(Path.Combine(checkout, Root), "fixture.ts*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(checkout, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .Select(path => new AstSpecFixture(
                path,
                Jsx: path.EndsWith(".tsx", StringComparison.Ordinal),
                Valid: !path.Contains("/fixtures/_error_/", StringComparison.Ordinal)
            ));
}
