using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;

namespace Ecoscanner.Scanners.ForgeManifest;

/// <summary>Judges web triggers: public URLs that start code.</summary>
internal static class WebTriggerCheck
{
    private const string Sound = "hmacSharedSecret";

    public static void Judge(ManifestReview review)
    {
        foreach (var trigger in review.Manifest.Modules.Where(module => module.Type == "webtrigger"))
        {
            Judge(review, trigger);
        }

        review.OtherwiseNotApplicable(ForgeManifestScanner.UnauthenticatedTrigger, "the app has no web trigger");
        review.OtherwiseNotApplicable(ForgeManifestScanner.DynamicAnswer, "the app has no web trigger");
    }

    private static void Judge(ManifestReview review, ForgeModule trigger)
    {
        var authentication = trigger.Node.At("request.authentication") as ManifestText;
        if (authentication?.Value == Sound)
        {
            var reason = $"{trigger} has request.authentication {Sound}: the platform checks its callers";
            review.Pass(ForgeManifestScanner.UnauthenticatedTrigger, authentication.Place, reason);
            review.Pass(ForgeManifestScanner.DynamicAnswer, authentication.Place, reason);
            return;
        }

        if (authentication is not (null or { Value: "none" } or { IsNull: true }))
        {
            var reason = $"{trigger} has request.authentication {ManifestReview.Quote(authentication.Value)}, which is not known; write {Sound} or none";
            review.Undecide(ForgeManifestScanner.UnauthenticatedTrigger, authentication.Place, reason);
            review.Undecide(ForgeManifestScanner.DynamicAnswer, authentication.Place, reason);
            return;
        }

        review.Report(
            ForgeManifestScanner.UnauthenticatedTrigger,
            $"{trigger}/request.authentication",
            authentication?.Place ?? trigger.Place,
            new Evidence(
                authentication is null
                    ? $"{trigger} has no request.authentication, so whoever knows its URL can call it"
                    : $"{trigger} has request.authentication none, so whoever knows its URL can call it",
                $"request: {{authentication: {Sound}}}, or a check of the caller in its code"
            ),
            // Its code may check a signature of its own.
            Confidence.Low
        );
        JudgeAnswer(review, trigger);
    }

    private static void JudgeAnswer(ManifestReview review, ForgeModule trigger)
    {
        var type = trigger.Node.At("response.type") as ManifestText;
        switch (type)
        {
            case { Value: "static" }:
                review.Pass(ForgeManifestScanner.DynamicAnswer, type.Place, $"{trigger} gives one of the answers that the manifest has");
                break;
            case null or { Value: "dynamic" }:
                review.Report(
                    ForgeManifestScanner.DynamicAnswer,
                    $"{trigger}/response.type",
                    type?.Place ?? trigger.Place,
                    new Evidence(
                        $"{trigger} {(type is null ? "has no response.type" : "has response.type dynamic")}, so its code writes the answer for callers that nobody knows",
                        "response: {type: static, outputs: [...]} where callers need no data"
                    ),
                    Confidence.Low
                );
                break;
            default:
                review.Undecide(
                    ForgeManifestScanner.DynamicAnswer,
                    type.Place,
                    $"{trigger} has response.type {ManifestReview.Quote(type.Value)}, which is not known; write static or dynamic"
                );
                break;
        }
    }
}
