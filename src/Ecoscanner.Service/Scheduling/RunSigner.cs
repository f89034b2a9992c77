using Ecoscanner.Findings;
using Ecoscanner.Probing.Signing;

namespace Ecoscanner.Service.Scheduling;

/// <summary>Signs the requests of runs, whose processes hold no key: each only for its own app's hosts and under its own id.</summary>
public sealed class RunSigner(MessageSigner signer)
{
    /// <summary>Who signs, for the report.</summary>
    public string SignedAs => signer.SignedAs;

    /// <summary>The answer to the process; no fields for what is no request to its app.</summary>
    internal RunSignature Answer(RunInput run, RunEvent asked) => new(asked.Number, Fields(run, asked));

    private IReadOnlyList<HeaderField> Fields(RunInput run, RunEvent asked)
    {
        try
        {
            return asked is { Method: { } method, Digest: { } digest } && Uri.TryCreate(asked.Target, UriKind.Absolute, out var target) && IsOf(run, target)
                ? signer.Sign(method, target, run.RunId, digest)
                : [];
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static bool IsOf(RunInput run, Uri target) =>
        target.Scheme is "https" or "http"
        && (
            run.ApprovedHosts.Contains(target.IdnHost, StringComparer.OrdinalIgnoreCase)
            || (
                Uri.TryCreate(run.DescriptorUrl, UriKind.Absolute, out var descriptor)
                && descriptor.IdnHost.Equals(target.IdnHost, StringComparison.OrdinalIgnoreCase)
            )
        );
}
