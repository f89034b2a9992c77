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
    /// <param name="shown">The answers with the host's certificates, at least one; all of them must be sound.</param>
    public static bool Judge(ScanContext context, AppOrigin origin, IReadOnlyList<TlsAnswer> shown)
    {
        var reviews = shown.Select(answer => Review(context, origin, answer)).ToList();
        Say(context, origin, reviews);
        return reviews.All(review => review.Accepted);
    }

    private static Judgement Review(ScanContext context, AppOrigin origin, TlsAnswer answer)
    {
        var certificates = new List<X509Certificate2>();
        try
        {
            certificates.AddRange(answer.Certificates.Select(der => X509CertificateLoader.LoadCertificate(der.Span)));
            if (certificates is not [var leaf, ..])
            {
                return Unknown(context, origin, answer, answer.CertificateProblem ?? answer.Reason);
            }

            var problems = CertificateReview.Of(certificates, origin.Host, context.Options.TrustedRoots, context.Time.GetUtcNow());
            var sound = $"the certificate was issued by {CertificateReview.Cut(leaf.Issuer)} and is valid until {leaf.NotAfter.ToUniversalTime():u}";
            var revoked = JudgeStaple(context, origin, answer, certificates);
            return new Judgement(answer, problems, sound) { Accepted = !revoked && !problems.Any(problem => Fatal.Contains(problem.Rule)) };
        }
        catch (CryptographicException)
        {
            return Unknown(context, origin, answer, "a certificate that the host shows cannot be read");
        }
        finally
        {
            certificates.ForEach(certificate => certificate.Dispose());
        }
    }

    private static Judgement Unknown(ScanContext context, AppOrigin origin, TlsAnswer answer, string reason)
    {
        context.Undecide(TransportSecurityScanner.Revoked, origin.Place, reason);
        return new Judgement(answer, [], "") { Unknown = reason };
    }

    private static void Say(ScanContext context, AppOrigin origin, List<Judgement> reviews)
    {
        foreach (var rule in Reviewed)
        {
            var broken = reviews.SelectMany(review => review.Problems, (review, problem) => (review, problem)).Where(one => one.problem.Rule == rule).ToList();
            if (broken.Count > 0)
            {
                var observed = string.Join("; ", broken.Select(one => Told(one.review, one.problem.Observed)));
                var expected = string.Join("; ", broken.Select(one => one.problem.Expected).Distinct(StringComparer.Ordinal));
                context.Report(rule, origin.Location, new Evidence(observed, expected), message: $"{origin.Place}: {observed}");
            }
            else if (reviews.Find(review => review.Unknown is not null) is { Unknown: { } unknown } unread)
            {
                context.Undecide(rule, origin.Place, Told(unread, unknown));
            }
            else if (reviews.SelectMany(review => review.Problems).FirstOrDefault(problem => problem.LeavesOpen == rule) is { } open)
            {
                context.Undecide(rule, origin.Place, open.Observed, InconclusiveCause.Ambiguous);
            }
            else
            {
                context.Pass(rule, origin.Place, string.Join("; ", reviews.Select(review => Told(review, review.Sound))));
            }
        }

        // Where there is one certificate for all versions, the version is no news.
        string Told(Judgement review, string what) => reviews.Count > 1 && review.Answer.Version is { } version ? $"in {version.Name()} {what}" : what;
    }

    private static bool JudgeStaple(ScanContext context, AppOrigin origin, TlsAnswer shown, List<X509Certificate2> certificates)
    {
        var rule = TransportSecurityScanner.Revoked;
        if (shown.StapledResponse.IsEmpty)
        {
            var reason =
                shown.Version == TlsVersion.Tls13
                    ? "a stapled OCSP response is not read in TLS 1.3"
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

    /// <summary>What became of the certificates in one answer.</summary>
    /// <param name="Sound">What to say where nothing is wrong.</param>
    private sealed record Judgement(TlsAnswer Answer, IReadOnlyList<CertificateProblem> Problems, string Sound)
    {
        /// <summary>Why they could not be judged; null where they were.</summary>
        public string? Unknown { get; init; }

        /// <summary>A browser would go on.</summary>
        public bool Accepted { get; init; }
    }
}
