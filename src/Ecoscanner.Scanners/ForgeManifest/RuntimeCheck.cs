using System.Globalization;
using System.Text.RegularExpressions;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;

namespace Ecoscanner.Scanners.ForgeManifest;

/// <summary>Judges the runtime that the app's functions run in.</summary>
internal static partial class RuntimeCheck
{
    // The oldest that @forge/manifest 13.7.0 takes; it names 20, 22 and 24.
    private const int OldestNode = 20;

    private static readonly string Expected = "app.runtime.name: nodejs24.x, or another that Forge takes";

    public static void Judge(ManifestReview review)
    {
        var manifest = review.Manifest;
        if (manifest.App.Runtime is not { } runtime)
        {
            Missing(review);
        }
        else if (runtime is { IsFixed: true, Value: "sandbox" } || Version(runtime) is < OldestNode)
        {
            Report(review, runtime.Place, $"app.runtime.name is {ManifestReview.Quote(runtime.Value)}, which Forge no longer takes");
        }
        else if (Version(runtime) is not null)
        {
            review.Pass(ForgeManifestScanner.OutdatedRuntime, runtime.Place, $"app.runtime.name is {runtime.Value}");
        }
        else
        {
            review.Undecide(
                ForgeManifestScanner.OutdatedRuntime,
                runtime.Place,
                $"app.runtime.name is {ManifestReview.Quote(runtime.Value)}, which is not known; write {Expected}"
            );
        }
    }

    private static void Missing(ManifestReview review)
    {
        if (review.Manifest.Functions.Count == 0)
        {
            review.OtherwiseNotApplicable(ForgeManifestScanner.OutdatedRuntime, "the app has no function, so nothing of it runs on Forge");
        }
        else if (review.Manifest.Root.At("app.runtime") is null or ManifestText { IsNull: true })
        {
            Report(review, review.Manifest.App.Place, "there is no app.runtime, so functions run in the sandbox that Forge no longer takes");
        }
        else
        {
            review.Undecide(ForgeManifestScanner.OutdatedRuntime, review.Manifest.App.Place, $"app.runtime has no name; write {Expected}");
        }
    }

    private static void Report(ManifestReview review, ManifestPlace place, string observed) =>
        review.Report(ForgeManifestScanner.OutdatedRuntime, "app.runtime", place, new Evidence(observed, Expected));

    private static int? Version(ForgeText runtime) =>
        runtime.IsFixed && Node().Match(runtime.Value) is { Success: true } match
            ? int.Parse(match.Groups["major"].ValueSpan, CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex(
        @"^nodejs(?<major>[1-9][0-9]?)(\.x)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Node();
}
