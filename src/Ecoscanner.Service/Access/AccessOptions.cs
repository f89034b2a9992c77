namespace Ecoscanner.Service.Access;

/// <summary>How strict signing in is: data of the operator.</summary>
public sealed record AccessOptions
{
    /// <summary>Of PBKDF2 with SHA-256 (OWASP's figure of 2023). Passwords that were hashed with another number are hashed anew at the next sign-in.</summary>
    public int PasswordIterations { get; init; } = 600_000;

    /// <summary>A session ends so long after the sign-in, whatever is done.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>A session ends where nothing is done for so long.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromHours(1);

    /// <summary>For so long after the sign-in contacts, accounts, tokens and secrets may be changed.</summary>
    public TimeSpan Freshness { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Failed sign-ins are counted over this time.</summary>
    public TimeSpan AttemptWindow { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Failed sign-ins of one account in that time.</summary>
    public int FailuresPerAccount { get; init; } = 10;

    /// <summary>Failed sign-ins from one address in that time; offices share one.</summary>
    public int FailuresPerAddress { get; init; } = 60;

    public TimeSpan InvitationLifetime { get; init; } = TimeSpan.FromDays(7);

    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromDays(90);

    public TimeSpan LongestTokenLifetime { get; init; } = TimeSpan.FromDays(366);

    public TimeSpan LongestBreakGlass { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Contacts say that they still are, once in that time.</summary>
    public TimeSpan ContactConfirmation { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Stands beside the codes in people's authenticator apps.</summary>
    public string Issuer { get; init; } = "Ecoscanner";
}
