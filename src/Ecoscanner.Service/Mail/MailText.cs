using System.Globalization;
using System.Text;
using System.Text.Json;
using Ecoscanner.Service.Access;

namespace Ecoscanner.Service.Mail;

/// <summary>
/// What a notice says to a person: what happened, to whom, and where to look. Never what was found. Values come from people and are single lines without
/// control characters, so that none can begin a header or a paragraph of its own.
/// </summary>
public sealed record MailText(string Subject, string Body)
{
    // A name is shown whole up to here; RFC 5322, 2.1.1 wants lines below 998, people far shorter ones.
    private const int LongestValue = 100;
    private const int LongestSubject = 150;

    // Keys in a subject, tickets in a text: the rest is a number.
    private const int KeysInSubject = 3;
    private const int MostTickets = 50;

    /// <param name="partner">Its name; null for the platform's own.</param>
    /// <param name="origin">Where the service is reached.</param>
    public static MailText Of(AccessNotice notice, string recipient, string? partner, Uri origin)
    {
        using var detail = JsonDocument.Parse(notice.Detail);
        var told = new Told(detail.RootElement, Plain(partner ?? "the platform"), origin.GetLeftPart(UriPartial.Authority));
        var (subject, paragraphs) = Words(notice.Kind, told);
        var text = new StringBuilder();
        foreach (var paragraph in paragraphs)
        {
            text.Append(paragraph).Append("\n\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"-- \nSent to {Plain(recipient)} by Ecoscanner, {told.Origin}, for {told.Partner}.\n");
        text.Append("Nobody reads answers to this mail. What was found stands on the platform, and never in a mail.\n");
        return new MailText(Cut($"Ecoscanner: {subject}", LongestSubject), text.ToString());
    }

    /// <summary>One line of it: nothing that ends a line, moves a cursor or turns the reading direction.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder();
        // Before it is cut, so that no half of a pair stays.
        foreach (var rune in text.EnumerateRunes())
        {
            plain.Append(
                Rune.GetUnicodeCategory(rune)
                    is UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                        or UnicodeCategory.Surrogate
                        or UnicodeCategory.PrivateUse
                        or UnicodeCategory.OtherNotAssigned
                    ? " "
                    : rune.ToString()
            );
        }

        return Cut(string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)), LongestValue);
    }

    private static (string Subject, IReadOnlyList<string> Paragraphs) Words(string kind, Told told) =>
        kind switch
        {
            "invitation" when told["provider"] is { } provider => (
                $"you are invited to {told.Partner}",
                [
                    $"You are invited to {told.Partner} as {told["role"] ?? "a member"}.",
                    $"Sign in with {provider} and this e-mail address, until {told.Until}:\n\n  {told.Origin}/api/v1/providers/{Uri.EscapeDataString(provider)}",
                ]
            ),
            "invitation" => (
                $"you are invited to {told.Partner}",
                [
                    $"You are invited to {told.Partner} as {told["role"] ?? "a member"}.",
                    $"Choose a password and send it with this token, which is good once, until {told.Until}:\n\n{told.Accept}",
                    "If you did not expect this, do nothing: without the token no account is made.",
                ]
            ),
            "reset" => (
                "set your password anew",
                [
                    "Somebody who manages accounts sent you this to set your password anew. Your second factor stays.",
                    $"Choose a password and send it with this token, which is good once, until {told.Until}:\n\n{told.Accept}",
                    "If you did not ask for it, do nothing, and tell who manages your accounts.",
                ]
            ),
            "second-factor-reset" => (
                "your second factor was taken away",
                [$"{told.By} took the second factor from your account. Set another one up at your next sign-in:\n\n  {told.Origin}", NotYou]
            ),
            "password-changed" => ("your password was changed", ["The password of your account was changed, and all its sessions ended.", NotYou]),
            "contact-added" => (
                $"a security contact of {told.Partner} was added",
                [$"{told.By} added {told["email"]} to the security contacts of {told.Partner}, who are told of its tickets.", told.SeeContacts]
            ),
            "contact-removed" => (
                $"a security contact of {told.Partner} was removed",
                [$"{told.By} removed {told["email"]} from the security contacts of {told.Partner}, who are told of its tickets.", told.SeeContacts]
            ),
            "contact-unconfirmed" => (
                $"are you still a security contact of {told.Partner}?",
                [
                    $"{told["email"]} is a security contact of {told.Partner}, who are told of its tickets. Say once a year that this is still right: sign in, and\n\n  POST {told.Origin}/api/v1/contacts/{told["contact"]}/confirm",
                    "If it is not, whoever manages the contacts removes this one. Until then it is told as before.",
                ]
            ),
            "staff-changed-accounts" => (
                $"the platform's staff changed accounts of {told.Partner}",
                [$"The platform's staff changed accounts of {told.Partner}: {told["action"]}. It stands in your audit list:\n\n  {told.Origin}/api/v1/audit"]
            ),
            "tickets" => Tickets(told),
            _ => ($"something changed for {told.Partner}", [$"Something changed for {told.Partner}: {Plain(kind)}. See:\n\n  {told.Origin}"]),
        };

    private static (string Subject, IReadOnlyList<string> Paragraphs) Tickets(Told told)
    {
        var lines = told.Tickets.GroupBy(line => line.Key, StringComparer.Ordinal).ToList();
        var keys = string.Join(", ", lines.Take(KeysInSubject).Select(line => line.Key));
        var more = lines.Count > KeysInSubject ? ", …" : "";
        var list = new StringBuilder();
        foreach (var line in lines.Take(MostTickets))
        {
            var due = line.Last().Due is { } at ? $"; due on {at}" : "";
            var what = string.Join(", ", line.Select(one => Word(one.Kind)).Distinct(StringComparer.Ordinal));
            list.Append(CultureInfo.InvariantCulture, $"{line.Key} {what}{due}\n  {told.Origin}/api/v1/tickets/{Uri.EscapeDataString(line.Key)}\n");
        }

        if (lines.Count > MostTickets || told.Count > told.Tickets.Count)
        {
            list.Append(CultureInfo.InvariantCulture, $"and more: {told.Origin}/api/v1/tickets\n");
        }

        return ($"{told.Partner}: tickets {keys}{more}", [$"There is something to see in tickets of {told.Partner}:", list.ToString().TrimEnd('\n')]);
    }

    private static string Word(string kind) =>
        kind switch
        {
            "filed" => "is new",
            "moved" => "changed its status",
            "comment" => "has a comment",
            "breach" => "is overdue",
            _ when kind.StartsWith("due-", StringComparison.Ordinal) => $"is due within days: {kind["due-".Length..]}",
            _ when kind.StartsWith("overdue-", StringComparison.Ordinal) => $"is overdue, weeks: {kind["overdue-".Length..]}",
            _ => "changed",
        };

    private const string NotYou = "If that is not what you wanted, tell who manages your accounts at once.";

    private static string Cut(string text, int most) => text.Length <= most ? text : $"{text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)]}…";

    private sealed record Line(string Key, string Kind, string? Due);

    private sealed class Told(JsonElement detail, string partner, string origin)
    {
        public string Partner { get; } = partner;

        public string Origin { get; } = origin;

        public string? this[string name] =>
            detail.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Plain(value.GetString()!) : null;

        public string By => this["by"] is { } by && !by.StartsWith("system:", StringComparison.Ordinal) ? by : "The platform";

        public string Until => this["until"] ?? "it ends";

        public string SeeContacts => $"If that is not right, say so at once; the contacts stand here:\n\n  {Origin}/api/v1/contacts";

        // A token is base64url: it can end neither the JSON nor the shell's quotes.
        public string Accept =>
            $$"""
                  curl -sS {{Origin}}/api/v1/invitations/accept -H 'Content-Type: application/json' \
                    -d '{"token":"{{this["token"]}}","name":"Your name","password":"…"}'
                """;

        public long Count => detail.TryGetProperty("count", out var count) && count.TryGetInt64(out var number) ? number : 0;

        public IReadOnlyList<Line> Tickets =>
            detail.TryGetProperty("tickets", out var tickets) && tickets.ValueKind == JsonValueKind.Array
                ?
                [
                    .. tickets
                        .EnumerateArray()
                        .Select(ticket => new Told(ticket, Partner, Origin))
                        .Select(one => new Line(one["key"] ?? "", one["kind"] ?? "", one["due"])),
                ]
                : [];
    }
}
