using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.ConnectAuthentication;

/// <summary>What a request says of who sends it.</summary>
/// <param name="Token">The JWT; null for none.</param>
/// <param name="Secrets">What of it is kept out of every record.</param>
internal sealed record Credential(string? Token, params IReadOnlyList<ProbeSecret> Secrets)
{
    public static readonly Credential None = new(Token: null);

    /// <summary>Which budget pays for it; null takes the link's own.</summary>
    public BudgetLine? Account { get; init; }
}

/// <summary>Sends a request to a link as the product would: the token in the query of a frame, in the header of a server's call.</summary>
internal sealed class LinkSender(ScanContext context)
{
    /// <summary>Sends it and keeps what the judge needs.</summary>
    /// <param name="at">Another URL to ask on the link's account; null asks the link itself.</param>
    /// <param name="body">A JSON body; null sends an empty one.</param>
    public async Task<Take> SendAsync(
        ConnectLink link,
        string purpose,
        Credential credential,
        CancellationToken cancellationToken,
        Uri? at = null,
        byte[]? body = null
    )
    {
        var url = at ?? link.Url;
        var request = Request(link, url, purpose, credential, body);
        return Take.Of(await context.Http.SendAsync(request, cancellationToken), request.Url, context.Options.Tenant);
    }

    public static ProbeRequest Request(ConnectLink link, Uri url, string purpose, Credential credential, byte[]? body)
    {
        var inQuery = link.Kind == LinkKind.Frame && credential.Token is not null;
        return new ProbeRequest(link.Method, inQuery ? WithToken(url, credential.Token!) : url)
        {
            Purpose = purpose,
            Budget = credential.Account ?? BudgetLine.Link(link.Method, link.Url),
            Headers = credential.Token is null || inQuery ? [] : [new HeaderField("Authorization", $"JWT {credential.Token}")],
            Body = body,
            ContentType = link.Method == "POST" ? "application/json" : null,
            Secrets = credential.Secrets,
        };
    }

    // The path stays as it was signed: a builder of URLs would mend it, and the hash would be another.
    private static Uri WithToken(Uri url, string token) =>
        new(
            $"{url.AbsoluteUri}{(url.Query.Length > 0 ? '&' : '?')}jwt={token}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
}
