using System.Text;
using Ecoscanner.Probing;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Catalogue;

/// <summary>Looks whether challenges are where they shall be: when they are asked for, and again before their time is over.</summary>
/// <param name="allowedPrivate"><c>HOST:PORT</c> at private addresses that may be asked, on that port and over plain http: tests and staging.</param>
public sealed class OwnershipChecks(Database database, TxtLookup texts, TimeProvider time, IReadOnlyList<string>? allowedPrivate = null)
{
    // Looked at one after the other.
    private const int Batch = 100;

    // A challenge has 51 characters; a page that is not found has more.
    private const int MaximumBody = 1024;

    /// <summary>Looks at those that are due; how many hold.</summary>
    public async Task<int> CheckAsync(CancellationToken cancellationToken)
    {
        var held = 0;
        foreach (var proof in database.Read(session => OwnershipProofs.Due(session, Batch)))
        {
            var failure = proof.Method == "dns-txt" ? await TextAsync(proof, cancellationToken) : await WellKnownAsync(proof, cancellationToken);
            database.Write(session => OwnershipProofs.Take(session, proof, failure));
            held += failure is null ? 1 : 0;
        }

        return held;
    }

    private async Task<string?> TextAsync(ProofRow proof, CancellationToken cancellationToken)
    {
        var name = OwnershipProofs.RecordPrefix + proof.Subject;
        try
        {
            var found = await texts.AskAsync(name, cancellationToken);
            return found.Contains(proof.Challenge!, StringComparer.Ordinal) ? null
                : found.Count == 0 ? $"{name} has no TXT record; add one that says {proof.Challenge}"
                : $"{name} has {found.Count} TXT records, and none says {proof.Challenge}";
        }
        catch (ProbeException e)
        {
            return e.Failure.Message;
        }
    }

    private async Task<string?> WellKnownAsync(ProofRow proof, CancellationToken cancellationToken)
    {
        var place = allowedPrivate?.FirstOrDefault(entry => entry.StartsWith($"{proof.Subject}:", StringComparison.Ordinal));
        var url = new Uri($"{(place is null ? "https" : "http")}://{place ?? proof.Subject}{OwnershipProofs.WellKnownPath}");
        using var session = new ProbeSession(
            new ProbeOptions
            {
                RunId = "ownership",
                ApprovedHosts = [proof.Subject],
                AllowedPrivate = allowedPrivate ?? [],
                MaximumBodyBytes = MaximumBody,
            },
            time
        );
        var answer = await session.Http.SendAsync(
            new ProbeRequest("GET", url) { Budget = new BudgetLine("ownership", 2), Purpose = "ownership challenge" },
            cancellationToken
        );
        return !answer.Answered ? answer.Failure.Message
            : !answer.Succeeded ? $"{url} answers {answer.Status}; serve {proof.Challenge} there, without a redirect"
            : place is null && !answer.Trusted ? $"the certificate of {proof.Subject} is not trusted, so nothing proves who answers"
            : Encoding.UTF8.GetString(answer.Body.Span).Trim() == proof.Challenge ? null
            : $"{url} says something else than {proof.Challenge}";
    }
}
