using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Api;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Mail;
using Ecoscanner.Service.Tests.Api;
using Ecoscanner.Tests.Infrastructure;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Ecoscanner.Service.Tests.Mail;

/// <summary>Mail to a server on this machine that takes it, refuses it, is slow, is gone.</summary>
public sealed partial class MailDeliveryTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecoscanner-").FullName;
    private readonly ManualTime time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Lines lines = new();
    private readonly SmtpListener server = new();
    private Service.Api.Platform? opened;
    private MailDelivery? delivery;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Service.Api.Platform Platform => opened ??= Open(new MailServer("127.0.0.1", server.Port, MailSecurity.Plain, "ecoscanner@platform.example"));

    [Fact]
    public async Task An_invitation_says_what_for_to_whom_and_where_and_goes_from_the_outbox()
    {
        var token = Invite("new@example.org");
        await DeliverAsync();
        using var mail = Assert.Single(Mails());
        Assert.Equal("\"Ecoscanner\" <ecoscanner@platform.example>", mail.From.ToString());
        Assert.Equal("new@example.org", mail.To.ToString());
        Assert.Equal("Ecoscanner: you are invited to the platform", mail.Subject);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal("text/plain", mail.Body!.ContentType.MimeType);
        Assert.Contains("as triager", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("https://ecoscanner.example/api/v1/invitations/accept", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"\"token\":\"{token}\"", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("until 2026-03-08T12:00:00Z", mail.TextBody, StringComparison.Ordinal);
        Assert.EndsWith("@platform.example", mail.MessageId, StringComparison.Ordinal);
        Assert.Equal((0, 0), Platform.Database.Read(Outbox.Count));
        await DeliverAsync();
        Assert.Single(server.Taken);
    }

    [Fact]
    public async Task A_server_that_is_down_is_tried_again_with_growing_pauses_and_gets_it_when_it_is_up()
    {
        var port = server.Port;
        Invite("new@example.org");
        await server.DisposeAsync();
        var tries = new List<int>();
        for (var second = 0; second < 600; second += 5)
        {
            var before = lines.Count("mail waits");
            await DeliverAsync();
            if (lines.Count("mail waits") > before)
            {
                tries.Add(second);
            }

            time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal([0, 10, 40, 100, 400], tries);
        Assert.Contains($"127.0.0.1:{port}", Platform.MailFailure, StringComparison.Ordinal);
        Assert.Equal((1, 0), Platform.Database.Read(Outbox.Count));
        await using var up = new SmtpListener(port);
        time.Advance(TimeSpan.FromMinutes(15));
        await DeliverAsync();
        Assert.Single(up.Taken);
        Assert.Null(Platform.MailFailure);
        Assert.Equal(1, lines.Count("takes mail again"));
    }

    [Fact]
    public async Task A_recipient_who_is_refused_for_good_is_audited_and_the_others_get_theirs()
    {
        server.OnCommand = command =>
            Task.FromResult(command.StartsWith("RCPT TO:<b@", StringComparison.Ordinal) ? "550 5.1.1 no such user b@example.org" : null);
        Tell("a@example.org", "b@example.org", "c@example.org");
        await DeliverAsync();
        Assert.Equal(["a@example.org", "c@example.org"], Mails().Select(mail => mail.To.ToString()));
        Assert.Equal((0, 1), Platform.Database.Read(Outbox.Count));
        var told = Platform.Database.Read(session => AuditEvent.List(session, 0, 0, 1000)).Single(told => told.Action == "mail-undeliverable");
        Assert.Equal("email:b@example.org", told.Object);
        Assert.Contains("550 5.1.1 no such user", told.Detail, StringComparison.Ordinal);
        Assert.Equal(1, lines.Count("cannot be delivered"));
        Assert.Equal(0, lines.Count("b@example.org"));
        time.Advance(TimeSpan.FromDays(1));
        await DeliverAsync();
        Assert.Equal(2, server.Taken.Count);
        time.Advance(TimeSpan.FromDays(30));
        Platform.Outbox.Clear();
        Assert.Equal((0, 0), Platform.Database.Read(Outbox.Count));
    }

    [Theory]
    [InlineData("450 4.2.1 later")]
    [InlineData("550 5.7.1 relaying denied")]
    public async Task A_recipient_who_is_refused_for_now_waits_longer_each_time_and_keeps_nobody_waiting(string refusal)
    {
        var refuses = true;
        server.OnCommand = command => Task.FromResult(refuses && command.StartsWith("RCPT TO:<b@", StringComparison.Ordinal) ? refusal : null);
        Tell("b@example.org", "a@example.org");
        await DeliverAsync();
        Assert.Equal(["a@example.org"], Mails().Select(mail => mail.To.ToString()));
        foreach (var (minutes, asked) in new[] { (0.9, 1), (0.2, 2), (4.0, 2), (1.1, 3) })
        {
            time.Advance(TimeSpan.FromMinutes(minutes));
            await DeliverAsync();
            Assert.Equal(asked, server.Commands.Count(command => command.StartsWith("RCPT TO:<b@", StringComparison.Ordinal)));
        }

        refuses = false;
        time.Advance(TimeSpan.FromMinutes(15));
        await DeliverAsync();
        Assert.Equal(2, server.Taken.Count);
        Assert.Equal((0, 0), Platform.Database.Read(Outbox.Count));
    }

    [Fact]
    public async Task Nobody_is_tried_for_ever()
    {
        server.OnCommand = command => Task.FromResult(command.StartsWith("RCPT", StringComparison.Ordinal) ? "450 later" : null);
        Tell("b@example.org");
        var began = time.GetUtcNow();
        while (Platform.Database.Read(Outbox.Count) == (1, 0))
        {
            await DeliverAsync();
            time.Advance(TimeSpan.FromMinutes(20));
        }

        Assert.InRange(time.GetUtcNow() - began, TimeSpan.FromDays(4.5), TimeSpan.FromDays(6));
        Assert.Equal(Outbox.MostAttempts, server.Commands.Count(command => command.StartsWith("RCPT", StringComparison.Ordinal)));
        Assert.Equal((0, 1), Platform.Database.Read(Outbox.Count));
    }

    [Fact]
    public async Task A_slow_server_is_left_after_a_while_and_other_mail_goes_first_then()
    {
        var reached = new TaskCompletionSource();
        var never = new TaskCompletionSource<string?>();
        server.OnMessage = message =>
        {
            if (message.Contains("To: a@example.org", StringComparison.Ordinal))
            {
                reached.TrySetResult();
                return never.Task;
            }

            return Task.FromResult<string?>(null);
        };
        Tell("a@example.org", "b@example.org");
        var sending = DeliverAsync();
        await reached.Task.WaitAsync(Stop);
        time.Advance(TimeSpan.FromMinutes(11));
        await sending.WaitAsync(Stop);
        Assert.Contains("did not answer within 10 min", Platform.MailFailure, StringComparison.Ordinal);
        Assert.Empty(server.Taken);
        time.Advance(TimeSpan.FromSeconds(10));
        await DeliverAsync();
        Assert.Equal(["b@example.org"], Mails().Select(mail => mail.To.ToString()));
        // It had the first one whole, and says so when nobody listens any more: it comes again, as the same.
        never.SetResult(null);
        time.Advance(TimeSpan.FromMinutes(1));
        await DeliverAsync();
        await Until(() => server.Taken.Count == 3);
        Assert.Equal(2, Mails().Select(mail => mail.MessageId).Distinct().Count());
        Assert.Equal((0, 0), Platform.Database.Read(Outbox.Count));
    }

    [Theory]
    [InlineData("MAIL", "550 5.7.1 not yours", "--mail-from")]
    [InlineData("MAIL", "530 5.7.0 authentication required", "--mail-login")]
    [InlineData("RCPT", "421 closing", "takes no mail now")]
    [InlineData("RCPT", "", "broke the connection off")]
    [InlineData("EHLO", "garbage", "does not speak SMTP")]
    public async Task What_is_wrong_with_the_server_is_nobodys_fault_and_loses_no_mail(string verb, string answer, string wayOut)
    {
        var isWrong = true;
        server.OnCommand = command => Task.FromResult(isWrong && command.StartsWith(verb, StringComparison.Ordinal) ? answer : null);
        Tell("a@example.org", "b@example.org");
        await DeliverAsync();
        Assert.Contains(wayOut, Platform.MailFailure, StringComparison.Ordinal);
        Assert.Equal((2, 0), Platform.Database.Read(Outbox.Count));
        isWrong = false;
        time.Advance(TimeSpan.FromMinutes(2));
        await DeliverAsync();
        Assert.Equal(2, server.Taken.Count);
    }

    [Fact]
    public void A_server_that_answers_anything_stops_nothing_and_is_told_in_words()
    {
        string[] codes = ["220", "235", "250", "334", "354", "421", "450", "451", "500", "530", "550", "554", "999", "", "2", "abc"];
        Fuzz.Run(random =>
        {
            string? Odd() =>
                random.Next(3) > 0
                    ? null
                    : $"{codes[random.Next(codes.Length)]}{(random.Next(4) == 0 ? "-" : " ")}{new string((char)random.Next(1, 256), random.Next(2000))}";
            (server.OnCommand, server.OnMessage) = (_ => Task.FromResult(Odd()), _ => Task.FromResult(Odd()));
            Platform.Database.Write(session => session.Execute("delete from outbox"));
            Tell("a@example.org", "b@example.org");
            var sending = DeliverAsync();
            while (!sending.Wait(20, Stop))
            {
                // An answer that seems to go on.
                time.Advance(TimeSpan.FromMinutes(11));
            }

            var (waiting, undeliverable) = Platform.Database.Read(Outbox.Count);
            Assert.InRange(waiting + undeliverable, 0, 2);
            Assert.True(Platform.MailFailure is null || !Platform.MailFailure.Any(char.IsControl), Platform.MailFailure);
            time.Advance(TimeSpan.FromMinutes(15));
        });
    }

    [Fact]
    public async Task Mail_that_was_taken_and_not_forgotten_comes_once_more_as_the_same_mail()
    {
        Tell("a@example.org");
        using (var connection = await MailConnection.OpenAsync(Platform.Options.Mail!, time, Stop))
        {
            Assert.Null(await connection.SendAsync(Platform.Outbox.Due(Platform.Options.Origin!).Single().Mail, Stop));
        }

        // Killed here.
        Reopen();
        await DeliverAsync();
        await DeliverAsync();
        var mails = Mails();
        Assert.Equal(2, mails.Count);
        Assert.Equal(mails[0].MessageId, mails[1].MessageId);
        Assert.Equal(mails[0].Date, mails[1].Date);
    }

    [Fact]
    public async Task The_program_that_is_killed_when_the_server_takes_mail_sends_it_once_more_at_most()
    {
        _ = Open(null);
        Tell("a@example.org");
        opened!.Dispose();
        opened = null;
        var kills = true;
        System.Diagnostics.Process? process = null;
        server.OnMessage = _ =>
        {
            if (kills)
            {
                kills = false;
                process!.Kill();
            }

            return Task.FromResult<string?>(null);
        };
        for (var start = 0; start < 2; start++)
        {
            using var started = process = Api.Program.Start(
                folder,
                new Dictionary<string, string>(),
                [
                    "serve",
                    "--data",
                    folder,
                    "--urls",
                    "http://127.0.0.1:0",
                    "--origin",
                    "https://ecoscanner.example",
                    "--mail",
                    $"smtp://127.0.0.1:{server.Port}",
                    "--mail-from",
                    "ecoscanner@platform.example",
                ]
            );
            await Until(() => server.Taken.Count == start + 1);
            if (start == 0)
            {
                await started.WaitForExitAsync(Stop);
            }

            started.Kill();
            await started.WaitForExitAsync(Stop);
        }

        Assert.Single(Mails().Select(mail => mail.MessageId).Distinct());
    }

    [Fact]
    public async Task Without_TLS_nothing_is_sent_but_to_this_machine()
    {
        opened = Open(new MailServer("127.0.0.1", server.Port, MailSecurity.StartTls, "ecoscanner@platform.example"));
        Tell("a@example.org");
        await DeliverAsync();
        Assert.Contains("offers no STARTTLS", Platform.MailFailure, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, true, true, "secret")]
    [InlineData(false, true, true, "secret")]
    [InlineData(true, false, true, "secret")]
    [InlineData(false, false, true, "secret")]
    [InlineData(false, true, true, "wrong")]
    [InlineData(false, true, false, "secret")]
    public async Task A_password_goes_only_to_a_server_whose_certificate_is_trusted(bool isTls, bool isTrusted, bool isForHost, string password)
    {
        var root = TestCertificates.NewRoot();
        using var certificate = root.Leaf(isForHost ? null : ["mail.example"]);
        await using var secure = new SmtpListener
        {
            Certificate = certificate,
            IsTls = isTls,
            WantsLogin = true,
        };
        // Certificates are judged by the real time.
        opened = Open(
            new MailServer("127.0.0.1", secure.Port, isTls ? MailSecurity.Tls : MailSecurity.StartTls, "ecoscanner@platform.example")
            {
                Login = new MailLogin("us", password),
                TrustedRoots = isTrusted ? new X509Certificate2Collection(root.Certificate) : [],
            },
            TimeProvider.System
        );
        Tell("a@example.org");
        await DeliverAsync();
        var isTaken = isTrusted && isForHost && password == "secret";
        Assert.Equal(isTaken ? 1 : 0, secure.Taken.Count);
        Assert.Equal(isTrusted && isForHost, secure.Commands.Any(command => command.StartsWith("AUTH", StringComparison.Ordinal)));
        Assert.Equal(!isTaken, Platform.MailFailure is not null);
        Assert.DoesNotContain("secret", Platform.MailFailure ?? "", StringComparison.Ordinal);
        if (!isTaken)
        {
            Assert.Contains(password == "wrong" ? "--mail-login" : "certificate is not trusted", Platform.MailFailure, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_waits_of_a_link_that_was_taken_or_revoked_is_gone_and_so_is_its_file()
    {
        using var here = Open(null);
        var taken = Invite("taken@example.org");
        Invite("revoked@example.org");
        Invite("open@example.org");
        here.Outbox.Give();
        Assert.Equal(3, Files().Length);
        Invite("row@example.org");
        Assert.True((await here.Invitations.AcceptAsync(taken, "T", ApiSite.Password, null, Stop)).IsDone);
        foreach (var email in new[] { "revoked@example.org", "row@example.org" })
        {
            Assert.True(here.Invitations.Cancel(Principal.Platform, email, 0).IsDone);
        }

        // Not given in between either.
        Assert.Equal(0, here.Outbox.Give());
        here.Outbox.Clear();
        Assert.Equal((0, 0), here.Database.Read(Outbox.Count));
        Assert.Contains("open@example.org", File.ReadAllText(Assert.Single(Files())), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromDays(7));
        here.Outbox.Clear();
        Assert.Empty(Files());
        opened = null;

        string[] Files() => Directory.GetFiles(Path.Combine(folder, "outbox"));
    }

    [Fact]
    public async Task The_first_account_is_sent_nothing()
    {
        using var here = Open(null);
        await here.SetupAsync(new SetupAsk(here.SetupCode!, "you@example.org", "You", ApiSite.Password), Stop);
        Assert.Equal((0, 0), here.Database.Read(Outbox.Count));
        opened = null;
    }

    [Fact]
    public async Task A_digest_names_tickets_and_days_and_not_what_was_found()
    {
        var partner = Partner();
        Platform.Contacts.Add(Principal.Platform, partner, "security@example.org", "S");
        Platform.Database.Write(session => session.Execute("delete from outbox"));
        Platform.Database.Write(session =>
        {
            session.Execute(
                """
                insert into app (id, partner_id, key, name, ownership, created_at) values (1, @partner, 'k', 'k', 'granted', 1);
                insert into app_hosting (id, app_id, hosting, created_at) values (1, 1, 'forge', 1);
                insert into ticket (id, key, workflow, partner_id, app_id, hosting_id, rule, family, requirement, title, severity, cvss, source, status, is_open, list_place, due_policy,
                  due_explanation, reported_at, clock_started_at, clock_why, created_at, created_by, changed_at)
                values (1, 'AMS-7', 'ecoscanner-vulnerability', @partner, 1, 1, 'sql-injection', 'f', 'r', 'SQL injection in /admin', 4, 9.8, 'ecoscanner', 'new', 1, 1, 1, '', 1, 1, '', 1, 'x', 1);
                insert into notice (partner_id, ticket_id, kind, at, key, severity, status, due_at) values (@partner, 1, 'filed', 1, 'AMS-7', 4, 'new', 1775000000000);
                insert into notice (partner_id, ticket_id, kind, at, key, severity, status, due_at) values (@partner, 1, 'due-14', 1, 'AMS-7', 4, 'new', 1775000000000);
                """,
                new { partner }
            );
            Ecoscanner.Service.Tickets.Notices.Collect(session);
            Assert.Empty(TicketDigests.Put(session, Platform.Outbox));
        });
        await DeliverAsync();
        using var mail = Assert.Single(Mails());
        Assert.Equal("security@example.org", mail.To.ToString());
        Assert.Equal("Ecoscanner: Größe & Söhne: tickets AMS-7", mail.Subject);
        Assert.Contains("AMS-7 is new, is due within days: 14; due on 2026-03-31", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("https://ecoscanner.example/api/v1/tickets/AMS-7", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("injection", mail.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("critical", mail.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Names_and_words_of_people_make_no_headers_and_no_lines()
    {
        const string Hostile = "Ac\r\nBcc: all@example.org\r\n\r\nme\u202E\u0000 Ö 🚀";
        var partner = Partner(Hostile);
        var detail = $$"""{"by":"system:ecoscanner","email":"x@example.org\r\nBcc: more@example.org","action":"\r\n.\r\nMAIL FROM:<x@example.org>"}""";
        Platform.Database.Write(session =>
        {
            foreach (var kind in new[] { "contact-added", "contact-unconfirmed", "staff-changed-accounts", "second-factor-reset", "\r\nX-Kind: y" })
            {
                Platform.Outbox.Put(session, new AccessNotice(partner, ["a@example.org"], kind, detail));
            }

            Platform.Outbox.Put(session, new AccessNotice(partner, ["b@example.org>\r\nRCPT TO:<c@example.org"], "contact-added", detail));
        });
        await DeliverAsync();
        Assert.Equal((0, 1), Platform.Database.Read(Outbox.Count));
        Assert.Equal(5, server.Taken.Count);
        Assert.All(
            server.Commands.Where(command => command.StartsWith("RCPT", StringComparison.Ordinal)),
            command => Assert.Equal("RCPT TO:<a@example.org>", command)
        );
        foreach (var raw in server.Taken)
        {
            Assert.All(raw.Split("\r\n"), line => Assert.True(line.Length <= 998, line));
            var head = raw[..raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
            Assert.True(head.All(char.IsAscii), head);
            Assert.Equal(
                ["Auto-Submitted", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version", "Message-Id", "Subject", "To"],
                HeaderName().Matches(head).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal)
            );
        }

        Assert.Equal("Ecoscanner: a security contact of Ac Bcc: all@example.org me Ö 🚀 was added", Mails()[0].Subject);
        Assert.DoesNotContain(Mails()[0].TextBody!.Split('\n'), line => line.StartsWith("Bcc", StringComparison.Ordinal));
    }

    [Fact]
    public void Subjects_and_lines_have_a_length_whatever_names_are() =>
        Fuzz.Run(random =>
        {
            var name = new string([.. Enumerable.Range(0, random.Next(3000)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 128 : char.MaxValue + 1))]);
            var text = MailText.Of(
                new AccessNotice(1, ["a@example.org"], "contact-removed", Detail.Of(("by", name), ("email", name))),
                name,
                name,
                new Uri("https://o.example")
            );
            Assert.True(text.Subject.Length <= 150 && !text.Subject.Any(char.IsControl), text.Subject);
            Assert.All(text.Body.Split('\n'), line => Assert.True(line.Length <= 600, line));
            Assert.True(text.Body.Count(c => c == '\n') <= 12);
            Assert.Equal(text.Body, System.Text.Encoding.UTF8.GetString(new System.Text.UTF8Encoding(false, true).GetBytes(text.Body)));
        });

    public async ValueTask DisposeAsync()
    {
        delivery?.Dispose();
        opened?.Dispose();
        await server.DisposeAsync();
        lines.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [GeneratedRegex("^(?<name>[A-Za-z-]+):", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HeaderName();

    // What is done on another thread is looked for, not waited for.
    private static async Task Until(Func<bool> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (!isSo())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private Service.Api.Platform Open(MailServer? mail, TimeProvider? clock = null) =>
        opened = Service.Api.Platform.Open(
            new SiteOptions
            {
                DataFolder = folder,
                Origin = new Uri("https://ecoscanner.example"),
                Mail = mail,
                Time = clock ?? time,
                Access = new AccessOptions { PasswordIterations = 1000 },
            }
        );

    private void Reopen()
    {
        var mail = Platform.Options.Mail;
        delivery?.Dispose();
        delivery = null;
        Platform.Dispose();
        _ = Open(mail);
    }

    private Task DeliverAsync()
    {
        delivery ??= new MailDelivery(Platform, Platform.Options.Time, lines.CreateLogger<MailDelivery>());
        return delivery.DeliverAsync(Platform.Options.Mail!, Platform.Options.Origin!, Stop);
    }

    private string Invite(string email) => Platform.Invitations.Invite(Principal.Platform, new InvitationRequest(email, Role.Triager, 0)).Value!.Token;

    private void Tell(params string[] recipients) =>
        Platform.Database.Write(session => Platform.Outbox.Put(session, new AccessNotice(0, recipients, "password-changed", "{}")));

    private long Partner(string name = "Größe & Söhne") =>
        Platform.Database.Write(session =>
            session.One<long>("insert into partner (key, name, created_at) values ('p', @name, @Clock) returning id", new { name, session.Clock })
        );

    private List<MimeMessage> Mails() => [.. server.Taken.Select(raw => MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(raw)), Stop))];

    /// <summary>Keeps what is logged.</summary>
    private sealed class Lines : ILoggerFactory, ILogger
    {
        private readonly List<string> kept = [];

        public int Count(string words) => kept.Count(line => line.Contains(words, StringComparison.Ordinal));

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) { }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            kept.Add(formatter(state, exception));

        public void Dispose() { }
    }
}
