using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Ecoscanner.Service.Access;

namespace Ecoscanner.Service.Tests.Api;

public sealed partial class TicketsCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecoscanner-").FullName;

    [Fact]
    public async Task Each_event_of_a_ticket_is_a_line_that_says_who_did_what_and_why()
    {
        await using var site = await ApiSite.StartAsync();
        var town = await Neighbours.MoveInAsync(site);
        using var responder = await site.PersonAsync("responder@example.org", Role.PartnerResponder, town.Partner);
        var path = $"/api/v1/tickets/{town.Ticket}";
        using var seen = await responder.GetAsync(path, ApiSite.Stop);
        using var dispute = new HttpRequestMessage(HttpMethod.Post, $"{path}/dispute") { Content = JsonContent.Create(new { reason = "r", evidence = "e" }) };
        dispute.Headers.IfMatch.Add(seen.Headers.ETag!);
        using var disputed = await responder.SendAsync(dispute, ApiSite.Stop);
        Assert.True(disputed.IsSuccessStatusCode);

        var account = new[] { ("ECOSCANNER_TOKEN", site.Token(town.Partner)), ("ECOSCANNER_SERVICE", site.Url.AbsoluteUri) };
        var one = await Program.RunAsync(folder, account, "tickets", town.Ticket);
        Assert.True(one.Code == 0, one.Error);
        var events = Line().Matches(one.Output).Select(match => match.Value.Trim()).ToList();
        Assert.True(events.Count >= 3, one.Output);
        Assert.All(events, line => Assert.Matches("^20[0-9-]{8} [0-9:]{5}  (the platform|account:[0-9a-f-]+): [a-z]", line));
        Assert.Contains(events, line => line.Contains("the platform: created (needs-patch): ", StringComparison.Ordinal));
        Assert.Contains(events, line => line.Contains($"the platform: finding {town.Finding} joined: ", StringComparison.Ordinal));
        Assert.Contains("dispute (needs-patch to needs-security-review): say why it is no flaw", events[^1], StringComparison.Ordinal);
        var all = await Program.RunAsync(folder, account, "tickets");
        Assert.Contains("1 ticket", all.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("1 tickets", all.Error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [GeneratedRegex("^  20[0-9]{2}-.*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();
}
