using Ecoscanner.Apps.Forge;

namespace Ecoscanner.Scanners.ForgeManifest;

/// <summary>Says of which code nobody knows where it is: whatever a scan says of the app's code, it does not say it of that.</summary>
internal static class HandlerCheck
{
    public static void Judge(ManifestReview review)
    {
        var known = 0;
        foreach (var point in review.Manifest.EntryPoints)
        {
            if (Unknown(point) is { } reason)
            {
                review.Undecide(ForgeManifestScanner.UnknownCode, point.Place, reason);
                review.Skip(point.Place, reason);
            }
            else
            {
                known++;
            }
        }

        review.Otherwise(
            ForgeManifestScanner.UnknownCode,
            known == 0 ? "nothing in the manifest can be called" : $"every function, endpoint and remote that can be called is defined ({known})"
        );
    }

    private static string? Unknown(ForgeEntryPoint point)
    {
        var callers = point.Callers.Sentence();
        var name = $"{point.Kind.ToString().ToLowerInvariant()} {ManifestReview.Quote(point.Key)}";
        return !point.IsDefined
                ? $"the {name} of {point.Uses[0].Module} can be called by {callers} and is not defined, so its code is unknown; define it, or correct the name"
            : point.Function is { Handler: null }
                ? $"the {name} can be called by {callers} and has no handler, so its code is unknown; add handler: index.handler"
            : point.Function?.Handler is { Refusal: { } refusal } handler
                ? $"the {name} can be called by {callers}, and its handler {ManifestReview.Quote(handler.Text.Value)} {refusal}, so its code is unknown"
            : null;
    }
}
