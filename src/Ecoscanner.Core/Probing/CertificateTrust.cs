using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Ecoscanner.Probing;

/// <summary>Judges certificates without asking anyone: no AIA or CRL download, which a hostile certificate could point at our own network.</summary>
internal sealed class CertificateTrust(X509Certificate2Collection trustedRoots, TimeProvider time)
{
    /// <summary>The policy for the platform's chain. The callback is too late: the chain has been built before it.</summary>
    public X509ChainPolicy SystemPolicy() =>
        new()
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = time.GetLocalNow().DateTime,
            VerificationTimeIgnored = false,
        };

    /// <summary>Why a server's certificate is not trusted, in words of ours; null where the system's roots or the operator's vouch for it.</summary>
    public string? Refusal(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return null;
        }

        if (certificate is not X509Certificate2 leaf || chain is null)
        {
            return "no certificate";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return "the certificate is for another host";
        }

        return trustedRoots.Count > 0 && LeadsToTrustedRoot(leaf, chain.ChainPolicy.ExtraStore) ? null : Words(chain);
    }

    // A custom root store drops the system's roots, so this is a second chain and not a setting of the first.
    private bool LeadsToTrustedRoot(X509Certificate2 leaf, X509Certificate2Collection sent)
    {
        using var chain = new X509Chain { ChainPolicy = SystemPolicy() };
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trustedRoots);
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        // Server authentication (RFC 5280, 4.2.1.12), as the platform asks of its own chain.
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1"));
        return chain.Build(leaf);
    }

    private static string Words(X509Chain chain) =>
        string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct()) is { Length: > 0 } flags ? flags : "no chain to a trusted root";
}
