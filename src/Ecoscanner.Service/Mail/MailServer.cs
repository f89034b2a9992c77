using System.Net;
using System.Security.Cryptography.X509Certificates;
using Ecoscanner.Service.Access;

namespace Ecoscanner.Service.Mail;

/// <summary>How the way to a mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>STARTTLS, without which nothing is sent.</summary>
    StartTls,

    /// <summary>None: on this machine, or where the operator answers for the network.</summary>
    Plain,
}

/// <summary>Who takes our mail, as the operator named it.</summary>
/// <param name="From">The address that mail comes from.</param>
public sealed record MailServer(string Host, int Port, MailSecurity Security, string From)
{
    // Submission (RFC 6409) and submission over TLS (RFC 8314).
    private const int SubmissionPort = 587;
    private const int TlsPort = 465;

    private const string Example = "write it like --mail smtps://mail.example or --mail smtp://mail.example:587";

    /// <summary>Null where the server asks for none.</summary>
    public MailLogin? Login { get; init; }

    /// <summary>Roots that vouch for its certificate, beside the system's.</summary>
    public X509Certificate2Collection TrustedRoots { get; init; } = [];

    /// <summary>Its name for people.</summary>
    public string Place => $"{(Security == MailSecurity.Tls ? "smtps" : "smtp")}://{Host}:{Port}";

    /// <summary>As the options of <c>serve</c> name it; null where they name none.</summary>
    /// <param name="isPlain">True where the operator says that the way needs no TLS.</param>
    /// <exception cref="SiteException">They do not go together, or one is wrong; nothing secret is quoted.</exception>
    public static MailServer? Of(string? url, string? from, string? loginFile, bool isPlain)
    {
        if (url is null)
        {
            return from is null && loginFile is null && !isPlain
                ? null
                : throw new SiteException($"--mail-from, --mail-login and --mail-plain go with --mail; {Example}");
        }

        // The URL is not quoted: people write passwords into it.
        if (!Uri.TryCreate(url, UriKind.Absolute, out var server) || server.Scheme is not ("smtp" or "smtps") || server.Host.Length == 0)
        {
            throw new SiteException($"--mail is no mail server; {Example}");
        }

        if (server is not { UserInfo: "", Query: "", Fragment: "" } || server.AbsolutePath.Length > 1)
        {
            throw new SiteException("--mail names a server and a port only; user and password stand in the file of --mail-login, which nobody else may read");
        }

        if (!EmailAddress.TryParse(from, out var address))
        {
            throw new SiteException("--mail needs the address that mail comes from: --mail-from ecoscanner@example.com");
        }

        var host = server.IdnHost;
        var isHere = IsHere(host);
        var security =
            server.Scheme == "smtps" ? MailSecurity.Tls
            : isHere || isPlain ? MailSecurity.Plain
            : MailSecurity.StartTls;
        if (isPlain && server.Scheme == "smtps")
        {
            throw new SiteException("--mail-plain says that there is no TLS, and smtps:// is nothing else; leave one of them out");
        }

        var login = loginFile is null ? null : MailLogin.Read(loginFile);
        if (login is not null && security == MailSecurity.Plain && !isHere)
        {
            throw new SiteException("--mail-plain would send the password of --mail-login readable over the network; leave one of them out");
        }

        var port =
            server.Port > 0 ? server.Port
            : server.Scheme == "smtps" ? TlsPort
            : SubmissionPort;
        return new MailServer(host, port, security, address) { Login = login };
    }

    private static bool IsHere(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
