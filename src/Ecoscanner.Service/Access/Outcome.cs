namespace Ecoscanner.Service.Access;

/// <summary>Why something was not done.</summary>
public enum Refusal
{
    /// <summary>It is not there, for this principal: what is in no scope of theirs does not exist.</summary>
    NotFound,

    /// <summary>They see it, and may not do this.</summary>
    NotAllowed,

    /// <summary>They may, after a fresh sign-in.</summary>
    SignInAgain,

    /// <summary>What was asked makes no sense; the message says what.</summary>
    Invalid,

    /// <summary>It is so already, or something else depends on it.</summary>
    Conflict,

    /// <summary>A limit is reached.</summary>
    TooMany,
}

/// <summary>What became of what was asked for.</summary>
/// <param name="Value">What was made; the default where it was refused.</param>
/// <param name="Refusal">Null where it was done.</param>
/// <param name="Message">For a person: what is wrong, and the way out; empty where it was done.</param>
public sealed record Outcome<T>(T? Value, Refusal? Refusal, string Message)
{
    public bool IsDone => Refusal is null;

    public static implicit operator Outcome<T>(Refused refused) => new(default, refused.Refusal, refused.Message);
}

/// <summary>A refusal, of whatever was to be made.</summary>
public sealed record Refused(Refusal Refusal, string Message)
{
    public static readonly Refused NotFound = new(Refusal.NotFound, "there is no such thing");

    public static readonly Refused SignInAgain = new(Refusal.SignInAgain, "this needs a sign-in of the last minutes; sign in again");

    public static Refused Invalid(string message) => new(Refusal.Invalid, message);

    /// <summary>Why somebody may not manage what belongs to a partner, or null where they may.</summary>
    /// <param name="sees">Who may this knows that the partner is there.</param>
    public static Refused? Of(Principal principal, Capability needed, long partnerId, long? appId = null, Capability sees = Capability.ReadApps)
    {
        if (principal.May(needed, partnerId, appId))
        {
            return principal.IsFresh ? null : SignInAgain;
        }

        return principal.May(sees, partnerId, appId)
            ? new Refused(Refusal.NotAllowed, $"this needs {CapabilityWords.Of(needed)}; ask an administrator of the partner")
            : NotFound;
    }
}

internal static class Outcomes
{
    public static Outcome<T> Done<T>(T value) => new(value, null, "");
}
