using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Access;

/// <summary>Somebody did something to accounts, tokens, contacts or rights.</summary>
/// <param name="PartnerId">Whose it is; 0 for the platform's own.</param>
/// <param name="Object">Such as <c>account:…</c>.</param>
/// <param name="Detail">JSON.</param>
public sealed record AccessEvent(long PartnerId, Principal By, string Action, string Object, string Detail = "{}");

/// <summary>Records it, in the transaction that does it: the chain of audits in the service.</summary>
public delegate void AccessTold(Session session, AccessEvent told);

/// <summary>Something that people are to be told of by mail: an invitation, a changed list of contacts.</summary>
/// <param name="PartnerId">Whose; 0 for the platform's own.</param>
/// <param name="Recipients">E-mail addresses.</param>
/// <param name="Kind">Such as <c>contact-added</c>.</param>
/// <param name="Detail">JSON, without content of findings. An invitation's link is a secret: not to be kept longer than until it is sent.</param>
public sealed record AccessNotice(long PartnerId, IReadOnlyList<string> Recipients, string Kind, string Detail);

/// <summary>Puts a notice into the box of what is to be sent, in the transaction that causes it.</summary>
public delegate void AccessNoticed(Session session, AccessNotice notice);
