using System.Reflection;
using System.Security.Cryptography;
using Ecoscanner.Probing;
using Ecoscanner.Probing.Signing;
using Ecoscanner.Scanning;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Access.OpenId;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Inventories;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Tickets;
using Ecoscanner.Service.Vault;

namespace Ecoscanner.Service.Api;

/// <summary>Everything that endpoints use, opened together and closed together.</summary>
public sealed class Platform : IDisposable
{
    private const string CommentPurpose = "comment";

    private readonly FileStream turn;
    private readonly Lock settingUp = new();
    private string? setupCode;

    private Platform(SiteOptions options, FileStream turn)
    {
        Options = options;
        this.turn = turn;
        var time = options.Time;
        Database = Database.Open(Path.Combine(options.DataFolder, "platform.db"), time);
        Keys = PartnerKeys.Open(Path.Combine(options.DataFolder, "keys"), options.PlatformKeyFile);
        Blobs = new Blobs(Path.Combine(options.DataFolder, "blobs"), Keys, time);
        Cursor = new Cursor(Convert.FromHexString(Keys.Digest(PartnerKeys.Platform, "cursors of lists"u8)));
        AuditKeys = AuditKeys.Open(Keys.Folder);
        AuditHeads = new AuditHeads(Database, AuditKeys);
        ReadAudit = new ReadAudit(Database);
        Rules = ScannerCatalog.Of(Assembly.Load("Ecoscanner.Scanners"));
        Outbox = new Outbox(Path.Combine(options.DataFolder, "outbox"), Database, Keys);

        var access = options.Access;
        Sessions = new Sessions(Database, access);
        SignIn = new SignIn(Database, Keys, Sessions, access, AuditLog.Record);
        SecondFactor = new SecondFactor(Database, Keys, Sessions, access, AuditLog.Record);
        Accounts = new Accounts(Database, access, AuditLog.Record, Outbox.Put);
        Invitations = new Invitations(Database, access, AuditLog.Record, Outbox.Put);
        Contacts = new Contacts(Database, access, AuditLog.Record, Outbox.Put);
        Tokens = new ApiTokens(Database, access, AuditLog.Record);
        BreakGlasses = new BreakGlasses(Database, access, AuditLog.Record);
        Offboarding = new Offboarding(Database, Keys, Blobs, AuditLog.Record);
        OpenId = new OpenIdSignIn(Database, Keys, Sessions, Invitations, options.Providers, new ProbeOptions { RunId = "sign-in" }, AuditLog.Record, time);
        Vault = new SecretsVault(Database, Keys);
        Retention = new Retention(Database, Blobs);
        Clock = new ClockWatch(Database, time);
        if (options.ClockIsRight)
        {
            Clock.Confirm();
        }

        Comments = new TicketComments((partner, text) => Keys.Seal(partner, CommentPurpose, text), (partner, box) => Keys.Open(partner, CommentPurpose, box));
        Verification = new TicketVerification(Verifications.Queue);
        Transitions = new TicketTransitions(Comments, Verification);
        Reports = new SecurityReports(Comments);
        Filing = new TicketFiling(Rules);
        TicketUpkeep = new TicketUpkeep(Filing, Verification);
        Ingestion = new Ingestion(Database, Keys, Blobs, (session, run, changes) => Filing.Apply(session, run.Id, changes));

        Campaigns = new Campaigns(Database, Ingestion, time);
        Quotas = new Quotas();
        Progress = new ScanProgressBoard(time);
        Idempotency = new Idempotency(Database);
        Database.BeforeCommit = Idempotency.Keep;
        if (options.Origin is { } origin)
        {
            TrafficKeys = new PlatformKeys(Path.Combine(options.DataFolder, "traffic-keys"), time);
            TrafficSigner = MessageSigner.ForPlatform(TrafficKeys, origin, time);
        }

        if (!Database.Read(session => session.One<bool>("select exists (select 1 from account)")))
        {
            setupCode = RandomNumberGenerator.GetHexString(20, lowercase: true);
        }
    }

    public SiteOptions Options { get; }

    public Database Database { get; }

    public PartnerKeys Keys { get; }

    public Blobs Blobs { get; }

    public AuditKeys AuditKeys { get; }

    public AuditHeads AuditHeads { get; }

    public ReadAudit ReadAudit { get; }

    public ScannerCatalog Rules { get; }

    public Outbox Outbox { get; }

    /// <summary>Why the mail server takes nothing now; null where it does, or none was named.</summary>
    public string? MailFailure { get; set; }

    public Sessions Sessions { get; }

    public SignIn SignIn { get; }

    public SecondFactor SecondFactor { get; }

    public Accounts Accounts { get; }

    public Invitations Invitations { get; }

    public Contacts Contacts { get; }

    public ApiTokens Tokens { get; }

    public BreakGlasses BreakGlasses { get; }

    public Offboarding Offboarding { get; }

    public OpenIdSignIn OpenId { get; }

    public SecretsVault Vault { get; }

    public Retention Retention { get; }

    /// <summary>Whether the machine's clock is believed.</summary>
    public ClockWatch Clock { get; }

    public TicketComments Comments { get; }

    public TicketVerification Verification { get; }

    public TicketTransitions Transitions { get; }

    public SecurityReports Reports { get; }

    public TicketFiling Filing { get; }

    public TicketUpkeep TicketUpkeep { get; }

    public Ingestion Ingestion { get; }

    public Campaigns Campaigns { get; }

    public Quotas Quotas { get; }

    /// <summary>The keys that sign what runs send; null where nothing is signed.</summary>
    public PlatformKeys? TrafficKeys { get; }

    /// <summary>Signs with them; null where nothing is signed.</summary>
    public MessageSigner? TrafficSigner { get; }

    public ScanProgressBoard Progress { get; }

    /// <summary>Says that a scan was asked for: it begins at once where there is room.</summary>
    public Action WakeScheduler { get; set; } = static () => { };

    internal Idempotency Idempotency { get; }

    internal Cursor Cursor { get; }

    /// <summary>What makes the first account, once; null where there is one.</summary>
    public string? SetupCode => setupCode;

    /// <exception cref="SiteException">The folder cannot be used.</exception>
    public static Platform Open(SiteOptions options)
    {
        if (options.Origin is not null && Ed25519.UnavailableReason is { } reason)
        {
            throw new SiteException($"--origin {options.Origin}: requests cannot be signed here: {reason}; see to it, or leave --origin out");
        }

        if (options is { Mail: not null, Origin: null })
        {
            throw new SiteException("--mail needs --origin https://…: mail says where the service is reached");
        }

        var folder = Path.GetFullPath(options.DataFolder);
        FileStream? held = null;
        try
        {
            KeyFile.MakeFolder(folder);
            held = Turn(folder);
            return new Platform(options with { DataFolder = folder }, held);
        }
        catch (Exception e) when (e is DatabaseException or SealedException)
        {
            held?.Dispose();
            throw new SiteException(e.Message, e);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidDataException)
        {
            // An origin that is none, or a key that others may read.
            held?.Dispose();
            throw new SiteException(e.Message, e);
        }
        catch (UnauthorizedAccessException e)
        {
            held?.Dispose();
            throw new SiteException($"{folder}: this account may not write there; give it the folder (chown), or name another with --data", e);
        }
        catch (IOException e)
        {
            held?.Dispose();
            throw new SiteException($"{folder}: {e.Message.TrimEnd('.')}; see to it, or name another folder with --data", e);
        }
    }

    public void Dispose()
    {
        AuditKeys.Dispose();
        Database.Dispose();
        turn.Dispose();
    }

    /// <summary>What a list was asked for.</summary>
    internal PageRequest Page(HttpContext http) => new(http, Cursor, Caller.Of(http).Name);

    /// <summary>Brings a file of partners and apps into the catalogue: all of it, or nothing; what is there already stays.</summary>
    /// <exception cref="SiteException">It cannot be read, or something in it cannot be kept.</exception>
    internal void BringIn(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var read = CatalogueFile.Read(file);
            Database.Write(session => read.Import(session, Principal.Platform, Contacts, Releases.OnApp));
        }
        catch (Exception e) when (e is CatalogueException or IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw new SiteException($"{path}: {e.Message.TrimEnd('.')}; mend the file, or start without --catalogue", e);
        }
    }

    /// <summary>Makes the first account: staff that manages the catalogue, decides on tickets and reads audits. It sets up its second factor at the first sign-in.</summary>
    /// <exception cref="ProblemException">The code is wrong or used up.</exception>
    internal async Task SetupAsync(SetupAsk ask, CancellationToken cancellationToken)
    {
        lock (settingUp)
        {
            if (setupCode is null)
            {
                throw new ProblemException(ProblemKind.Conflict, "there is an account already; its owner invites others");
            }

            // It has 80 random bits: nobody guesses it at the rate of strangers.
            if (!CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(setupCode), System.Text.Encoding.UTF8.GetBytes(ask.Code)))
            {
                throw new ProblemException(ProblemKind.NotSignedIn, "the code is not the one that the service printed when it started");
            }

            setupCode = null;
        }

        try
        {
            foreach (var role in (Role[])[Role.Engineer, Role.Triager, Role.Auditor])
            {
                await GiveAsync(ask, role, cancellationToken);
            }
        }
        catch
        {
            setupCode = ask.Code;
            throw;
        }
    }

    private async Task GiveAsync(SetupAsk ask, Role role, CancellationToken cancellationToken)
    {
        var known = Database.Read(session => session.Find<string>("select id from account limit 1"));
        if (known is not null)
        {
            _ = Accounts.Give(Principal.Platform, known, role, 0).Granted();
            return;
        }

        var invited = Invitations.Invite(Principal.Platform, new InvitationRequest(ask.Email, role, 0), isTold: false).Granted();
        _ = (await Invitations.AcceptAsync(invited.Token, ask.Name, ask.Password, null, cancellationToken)).Granted();
    }

    // Two services on one folder would each hold state that the other changes.
    private static FileStream Turn(string folder)
    {
        var path = Path.Combine(folder, "service.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new SiteException($"{folder} is used by another ecoscanner serve; stop it, or name another folder with --data", e);
        }
    }
}
