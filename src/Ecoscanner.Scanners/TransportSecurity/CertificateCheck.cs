using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.TransportSecurity;

/// <summary>Judges the certificates that a host shows, and the OCSP response stapled to them.</summary>
internal static class CertificateCheck
{
    private static readonly Rule[] Reviewed =
    [
        TransportSecurityScanner.Untrusted,
        TransportSecurityScanner.HostMismatch,
        TransportSecurityScanner.Expired,
        TransportSecurityScanner.Incomplete,
        TransportSecurityScanner.WeakCertificate,
        TransportSecurityScanner.ExpiresSoon,
    ];

    // With any of these a browser does not go on.
    private static readonly Rule[] Fatal =
    [
        TransportSecurityScanner.Untrusted,
        TransportSecurityScanner.HostMismatch,
        TransportSecurityScanner.Expired,
        TransportSecurityScanner.Incomplete,
        TransportSecurityScanner.Revoked,
    ];

    /// <summary>Says what is to be said, and whether a browser would go on with this host.</summary>
    public static bool Judge(ScanContext context, AppOrigin origin, TlsAnswer shown)
    {
        var certificates = new List<X509Certificate2>();
        try
        {
            certificates.AddRange(shown.Certificates.Select(der => X509CertificateLoader.LoadCertificate(der.Span)));
        }
        catch (CryptographicException)
        {
            Undecide(context, origin, "a certificate that the host shows cannot be read");
            return false;
        }

        try
        {
            if (certificates is [var leaf, ..])
            {
                var problems = CertificateReview.Of(certificates, origin.Host, context.Options.TrustedRoots, context.Time.GetUtcNow());
                Say(context, origin, leaf, problems);
                var revoked = JudgeStaple(context, origin, shown, certificates);
                return !revoked && !problems.Any(problem => Fatal.Contains(problem.Rule));
            }
        }
        finally
        {
            certificates.ForEach(certificate => certificate.Dispose());
        }

        Undecide(context, origin, shown.CertificateProblem ?? shown.Reason);
        return false;
    }

    private static void Say(ScanContext context, AppOrigin origin, X509Certificate2 leaf, IReadOnlyList<CertificateProblem> problems)
    {
        var sound = $"the certificate was issued by {CertificateReview.Cut(leaf.Issuer)} and is valid until {leaf.NotAfter.ToUniversalTime():u}";
        foreach (var rule in Reviewed)
        {
            var broken = problems.Where(problem => problem.Rule == rule).ToList();
            if (broken.Count == 0)
            {
                context.Pass(rule, origin.Place, sound);
                continue;
            }

            var observed = string.Join("; ", broken.Select(problem => problem.Observed));
            var expected = string.Join("; ", broken.Select(problem => problem.Expected).Distinct(StringComparer.Ordinal));
            context.Report(rule, origin.Location, new Evidence(observed, expected), message: $"{origin.Place}: {observed}");
        }
    }

    private static bool JudgeStaple(ScanContext context, AppOrigin origin, TlsAnswer shown, List<X509Certificate2> certificates)
    {
        var rule = TransportSecurityScanner.Revoked;
        if (shown.StapledResponse.IsEmpty)
        {
            var reason =
                shown.Version == TlsVersion.Tls13
                    ? "the host speaks TLS 1.3 only, where a stapled OCSP response is not read"
                    : "the host staples no OCSP response, and nothing is asked elsewhere";
            context.NotApplicable(rule, origin.Place, reason);
            return false;
        }

        var leaf = certificates[0];
        var issuer = certificates
            .Skip(1)
            .Concat(context.Options.TrustedRoots)
            .FirstOrDefault(one => one.SubjectName.RawData.AsSpan().SequenceEqual(leaf.IssuerName.RawData));
        if (issuer is null)
        {
            context.Undecide(rule, origin.Place, "the stapled OCSP response cannot be verified without the issuer's certificate, which the host does not send");
            return false;
        }

        var staple = StapledResponse.Read(shown.StapledResponse, leaf, issuer, context.Time.GetUtcNow());
        switch (staple.Status)
        {
            case StapleStatus.Good:
                context.Pass(rule, origin.Place, staple.Reason);
                return false;
            case StapleStatus.Revoked:
                context.Report(
                    rule,
                    origin.Location,
                    new Evidence(staple.Reason, "a certificate that is not revoked"),
                    message: $"{origin.Place}: {staple.Reason}"
                );
                return true;
            default:
                context.Undecide(rule, origin.Place, staple.Reason);
                return false;
        }
    }

    private static void Undecide(ScanContext context, AppOrigin origin, string reason)
    {
        foreach (var rule in Reviewed.Append(TransportSecurityScanner.Revoked))
        {
            context.Undecide(rule, origin.Place, reason);
        }
    }
}
