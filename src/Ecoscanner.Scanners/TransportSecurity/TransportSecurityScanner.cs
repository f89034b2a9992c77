using Ecoscanner.Apps;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.TransportSecurity;

/// <summary>Checks how an app's hosts protect what is on its way: TLS versions and suites, certificates, HSTS (Connect 3 and 6.2).</summary>
public sealed class TransportSecurityScanner : IScanner
{
    public static readonly Rule OldVersion = new("tls-version-old", "SSL 3.0, TLS 1.0 and TLS 1.1 must be off", Requirement.Connect3, Cvss: 7.4, Cwe: 326);
    public static readonly Rule MissingTls = new("tls-missing", "All traffic must use TLS", Requirement.Connect3, Cvss: 7.4, Cwe: 319);
    public static readonly Rule MissingHsts = new("hsts-missing", "HSTS must be on for a year or more", Requirement.Connect3, Cvss: 6.8, Cwe: 319);

    public static readonly Rule Untrusted = new(
        "certificate-untrusted",
        "Certificates must lead to a root that browsers trust",
        Requirement.Connect62,
        Cvss: 8.1,
        Cwe: 295
    );
    public static readonly Rule HostMismatch = new(
        "certificate-host-mismatch",
        "Certificates must be for the host that shows them",
        Requirement.Connect62,
        Cvss: 8.1,
        Cwe: 297
    );
    public static readonly Rule Expired = new("certificate-expired", "Certificates must be valid today", Requirement.Connect62, Cvss: 8.1, Cwe: 298);
    public static readonly Rule Incomplete = new(
        "certificate-chain-incomplete",
        "Intermediate certificates must be sent",
        Requirement.Connect62,
        Cvss: 8.1,
        Cwe: 295
    );
    public static readonly Rule WeakCertificate = new(
        "certificate-weak",
        "Certificates must have strong keys and signatures",
        Requirement.Connect62,
        Cvss: 8.1,
        Cwe: 326
    );
    public static readonly Rule Revoked = new("certificate-revoked", "Certificates must not be revoked", Requirement.Connect62, Cvss: 8.1, Cwe: 299);

    public static readonly Rule ExpiresSoon = new(
        "certificate-expires-soon",
        "Certificates must be renewed in time",
        Requirement.Connect62,
        Cvss: 2.0,
        Cwe: 298
    )
    {
        RaisesTickets = false,
    };
    public static readonly Rule WeakSuite = new(
        "tls-cipher-weak",
        "Only cipher suites of Mozilla's Intermediate recommendation should be on",
        Requirement.Connect3,
        Cvss: 3.7,
        Cwe: 327
    )
    {
        RaisesTickets = false,
    };
    public static readonly Rule NotRedirected = new(
        "http-not-redirected",
        "Plain HTTP should lead to HTTPS on the same host",
        Requirement.Connect3,
        Cvss: 3.7,
        Cwe: 319
    )
    {
        RaisesTickets = false,
    };

    // The first HTTPS answer and the plain HTTP one.
    private const int RequestsPerHost = 2;

    public string Name => "transport-security";

    public int Version => 2;

    public IReadOnlyList<Rule> Rules =>
        [OldVersion, MissingTls, MissingHsts, Untrusted, HostMismatch, Expired, Incomplete, WeakCertificate, Revoked, ExpiresSoon, WeakSuite, NotRedirected];

    public TimeSpan TimeLimit => TimeSpan.FromMinutes(10);

    public bool AppliesTo(App app) => app is ConnectApp or ForgeApp { HasServers: true };

    public int PlannedRequests(App app, ScanOptions options) =>
        RequestsPerHost * AppOrigin.Of(app).DistinctBy(origin => origin.Host, StringComparer.Ordinal).Count();

    public async Task ScanAsync(ScanContext context, CancellationToken cancellationToken)
    {
        var origins = AppOrigin.Of(context.App);
        MissingTlsCheck.Judge(context, origins);
        var asked = false;
        foreach (var host in origins.GroupBy(origin => origin.Host, StringComparer.Ordinal))
        {
            asked |= await ScanHostAsync(context, [.. host.OrderBy(origin => origin.Port)], cancellationToken);
        }

        foreach (var rule in Rules.Where(rule => !asked && rule != MissingTls))
        {
            context.Undecide(rule, null, $"no host that the {context.App.Document} names may be asked; {context.App.WayToAsk}", context.CauseOfSilence);
        }
    }

    /// <summary>False where the host may not be asked.</summary>
    private async Task<bool> ScanHostAsync(ScanContext context, IReadOnlyList<AppOrigin> origins, CancellationToken cancellationToken)
    {
        var secure = new List<SecureOrigin>();
        foreach (var origin in origins.Where(origin => origin.Scheme == "https"))
        {
            context.Progress($"shaking hands with {origin.Place}");
            var survey = await TlsSurvey.RunAsync(context.Tls, origin.Host, origin.Port, cancellationToken);
            if (survey.Refusal is { } refusal)
            {
                context.Skip(origin.Place, refusal.Message);
                continue;
            }

            TlsCheck.Judge(context, origin, survey);
            var accepted = CertificateCheck.Judge(context, origin, survey.Shown);
            secure.Add(new SecureOrigin(origin, survey.Offered.Count > 0, accepted));
        }

        // HSTS holds for a host on all its ports (RFC 6797, section 8.3), so it is judged once, where a browser would take it.
        if (secure.MaxBy(one => (one.SpeaksTls, one.Accepted)) is { } best)
        {
            await HstsCheck.RunAsync(context, best, cancellationToken);
        }
        else if (origins.Any(origin => origin.Scheme == "https"))
        {
            return false;
        }
        else
        {
            foreach (var rule in Rules.Except([MissingTls, NotRedirected]))
            {
                context.NotApplicable(rule, origins[0].Place, $"the {context.App.Document} names no https URL on this host");
            }
        }

        await PlainHttpCheck.RunAsync(context, new Uri($"http://{origins[0].UrlHost}/"), cancellationToken);
        return true;
    }
}

/// <summary>An https origin that was asked.</summary>
/// <param name="SpeaksTls">A handshake succeeded.</param>
/// <param name="Accepted">A browser would go on with its certificate.</param>
internal sealed record SecureOrigin(AppOrigin Origin, bool SpeaksTls, bool Accepted);
