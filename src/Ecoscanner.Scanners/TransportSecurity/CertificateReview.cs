using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecoscanner.Rules;

namespace Ecoscanner.Scanners.TransportSecurity;

/// <summary>Something wrong with the certificates of a host.</summary>
/// <param name="Observed">What was seen.</param>
/// <param name="Expected">What a sound host shows instead.</param>
internal sealed record CertificateProblem(Rule Rule, string Observed, string Expected)
{
    /// <summary>Another rule that cannot be decided because of it; null where each can.</summary>
    public Rule? LeavesOpen { get; init; }
}

/// <summary>Judges the certificates that a host shows, as a browser would that trusts the system's roots and the operator's. Asks nobody and downloads nothing.</summary>
internal sealed class CertificateReview
{
    private const int MinimumRsaBits = 2048;
    private const int MinimumEcBits = 256;

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string AuthorityInformationAccess = "1.3.6.1.5.5.7.1.1";
    private const string Dsa = "1.2.840.10040.4.1";

    private const X509ChainStatusFlags NoAnchor = X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot;

    // Judged by rules of their own, or not judged at all.
    private const X509ChainStatusFlags Elsewhere =
        NoAnchor | X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.HasWeakSignature | X509ChainStatusFlags.RevocationStatusUnknown;

    // A note three weeks ahead; where certificates live shorter, when two thirds of the life are over and a renewal should have happened.
    private static readonly TimeSpan ExpiryNotice = TimeSpan.FromDays(21);
    private const int ExpiryNoticeShare = 3;

    // Characters of one name in evidence; a certificate may hold a hundred thousand.
    private const int MaximumNameLength = 200;

    private readonly IReadOnlyList<X509Certificate2> sent;
    private readonly string host;
    private readonly X509Certificate2Collection trustedRoots;
    private readonly DateTimeOffset now;
    private readonly List<CertificateProblem> problems = [];

    private CertificateReview(IReadOnlyList<X509Certificate2> sent, string host, X509Certificate2Collection trustedRoots, DateTimeOffset now) =>
        (this.sent, this.host, this.trustedRoots, this.now) = (sent, host, trustedRoots, now);

    private X509Certificate2 Leaf => sent[0];

    /// <summary>What is wrong; empty where nothing is.</summary>
    /// <param name="sent">At least one, the host's own first.</param>
    /// <param name="host">ASCII name or address.</param>
    public static IReadOnlyList<CertificateProblem> Of(
        IReadOnlyList<X509Certificate2> sent,
        string host,
        X509Certificate2Collection trustedRoots,
        DateTimeOffset now
    )
    {
        var review = new CertificateReview(sent, host, trustedRoots, now);
        review.JudgeName();
        review.JudgeLeafDates();
        review.JudgeChain();
        return review.problems;
    }

    private void JudgeName()
    {
        try
        {
            if (Leaf.MatchesHostname(host, allowWildcards: true, allowCommonName: false))
            {
                return;
            }
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            // Not a host name by RFC 1123, or names that cannot be read: no certificate matches either.
        }

        Add(TransportSecurityScanner.HostMismatch, $"the certificate is for {Names()}", $"a certificate whose subject alternative names include {host}");
    }

    private string Names()
    {
        const int Shown = 5;
        try
        {
            var extension = Leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
            var names = extension is null
                ? []
                : extension
                    .EnumerateDnsNames()
                    .Concat(extension.EnumerateIPAddresses().Select(address => address.ToString()))
                    .Take(Shown + 1)
                    .Select(Cut)
                    .ToList();
            return names.Count switch
            {
                0 => "no host at all: it has no subject alternative name",
                > Shown => string.Join(", ", names.Take(Shown)) + " and others",
                _ => string.Join(", ", names),
            };
        }
        catch (CryptographicException)
        {
            return "names that cannot be read";
        }
    }

    private void JudgeLeafDates()
    {
        var (begin, end) = Dates(Leaf);
        if (now > end)
        {
            Add(TransportSecurityScanner.Expired, $"the certificate expired on {end.UtcDateTime:u}", "a certificate that is valid today");
        }
        else if (now < begin)
        {
            Add(TransportSecurityScanner.Expired, $"the certificate is not valid before {begin.UtcDateTime:u}", "a certificate that is valid today");
        }
        else if (end - now < Shorter(ExpiryNotice, (end - begin) / ExpiryNoticeShare))
        {
            Add(
                TransportSecurityScanner.ExpiresSoon,
                $"the certificate expires on {end.UtcDateTime:u}, in {(end - now).TotalDays:0.#} days",
                "a certificate that is renewed in time"
            );
        }
    }

    private void JudgeChain()
    {
        using var system = Build(TrustedBy.System);
        using var operators = IsAnchored(system) || trustedRoots.Count == 0 ? null : Build(TrustedBy.Operator);
        var chain = operators is not null && IsAnchored(operators) ? operators : system;
        var path = chain.ChainElements.Select(element => element.Certificate).ToList();
        JudgeAnchor(chain, path);
        JudgeStrength(path);
        foreach (var issuer in path.Skip(1).Where(issuer => Dates(issuer) is var (begin, end) && (now < begin || now > end)))
        {
            var (begin, end) = Dates(issuer);
            Add(
                TransportSecurityScanner.Expired,
                $"the issuing certificate {Cut(issuer.Subject)} is valid from {begin.UtcDateTime:u} until {end.UtcDateTime:u}",
                "issuing certificates that are valid today"
            );
        }
    }

    private void JudgeAnchor(X509Chain chain, List<X509Certificate2> path)
    {
        var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (flags, one) => flags | one.Status);
        var top = path[^1];
        if (status.HasFlag(X509ChainStatusFlags.UntrustedRoot))
        {
            Add(
                TransportSecurityScanner.Untrusted,
                path.Count == 1 ? "the certificate is self-signed" : $"the chain ends at {Cut(top.Subject)}, which is not a trusted root",
                "a chain to a root that browsers trust"
            );
        }
        else if (status.HasFlag(X509ChainStatusFlags.PartialChain) && (sent.Count == 1 || SaysWhereItsIssuerIs(top)))
        {
            problems.Add(
                new CertificateProblem(
                    TransportSecurityScanner.Incomplete,
                    $"{Cut(top.Subject)} was issued by {Cut(top.Issuer)}, which the server does not send and which is no trusted root",
                    "the server's certificate and every intermediate certificate up to the root"
                )
                {
                    // Nobody knows where the chain would end.
                    LeavesOpen = TransportSecurityScanner.Untrusted,
                }
            );
        }
        else if (status.HasFlag(X509ChainStatusFlags.PartialChain))
        {
            Add(
                TransportSecurityScanner.Untrusted,
                $"the chain ends at {Cut(top.Issuer)}, which is not a trusted root",
                "a chain to a root that browsers trust"
            );
        }
        else if (
            path.Skip(1).SkipLast(1).FirstOrDefault(issuer => !sent.Any(one => one.RawDataMemory.Span.SequenceEqual(issuer.RawDataMemory.Span))) is { } unsent
        )
        {
            // Found in this machine's own store, where other clients have nothing.
            Add(
                TransportSecurityScanner.Incomplete,
                $"the intermediate certificate {Cut(unsent.Subject)} is not sent",
                "the server's certificate and every intermediate certificate up to the root"
            );
        }

        if ((status & ~Elsewhere) is not X509ChainStatusFlags.NoError and var other)
        {
            Add(TransportSecurityScanner.Untrusted, $"the chain is not valid: {other}", "a chain that is valid by RFC 5280");
        }
    }

    private void JudgeStrength(List<X509Certificate2> path)
    {
        foreach (var certificate in path)
        {
            var isSelfIssued = certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
            // Nobody relies on a root's signature over itself (RFC 5280, section 6.1).
            if (!isSelfIssued && SignatureAlgorithm.WeakHash(certificate) is { } hash)
            {
                Add(TransportSecurityScanner.WeakCertificate, $"{Cut(certificate.Subject)} is signed with {hash}", "signatures with SHA-256 or better");
            }

            if (WeakKey(certificate) is { } key)
            {
                Add(
                    TransportSecurityScanner.WeakCertificate,
                    $"{Cut(certificate.Subject)} has a key of {key}",
                    $"RSA keys of {MinimumRsaBits} bits or elliptic curve keys of {MinimumEcBits} bits, or more"
                );
            }
        }
    }

    private static string? WeakKey(X509Certificate2 certificate)
    {
        if (certificate.PublicKey.Oid.Value == Dsa)
        {
            return "DSA";
        }

        try
        {
            using var rsa = certificate.GetRSAPublicKey();
            using var ec = certificate.GetECDsaPublicKey();
            return (rsa, ec) switch
            {
                ({ KeySize: < MinimumRsaBits and var bits }, _) => $"RSA {bits}",
                (_, { KeySize: < MinimumEcBits and var bits }) => $"EC {bits}",
                _ => null,
            };
        }
        catch (CryptographicException)
        {
            // A curve that this platform does not know: not judged.
            return null;
        }
    }

    private X509Chain Build(TrustedBy trust)
    {
        var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime.ToLocalTime();
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        chain.ChainPolicy.ExtraStore.AddRange(sent.Skip(1).ToArray());
        if (trust == TrustedBy.Operator)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(trustedRoots);
        }

        chain.Build(Leaf);
        return chain;
    }

    private void Add(Rule rule, string observed, string expected) => problems.Add(new CertificateProblem(rule, observed, expected));

    /// <summary>A name from a certificate, short enough for a person.</summary>
    public static string Cut(string name) => name.Length <= MaximumNameLength ? name : $"{name[..MaximumNameLength]}…";

    private static bool IsAnchored(X509Chain chain) => chain.ChainStatus.All(status => (status.Status & NoAnchor) == X509ChainStatusFlags.NoError);

    // Public authorities say where their own certificate can be had; a private one whose root we lack does not.
    private static bool SaysWhereItsIssuerIs(X509Certificate2 certificate) =>
        certificate.Extensions.Any(extension => extension.Oid?.Value == AuthorityInformationAccess);

    private static (DateTimeOffset Begin, DateTimeOffset End) Dates(X509Certificate2 certificate) =>
        (new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter));

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private enum TrustedBy
    {
        System,
        Operator,
    }
}
