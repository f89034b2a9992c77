using System.Globalization;
using System.Text;

namespace Ecoscanner.Service.Api;

/// <summary>Server-Sent Events: numbered, so that who lost the connection goes on behind the last one they saw; a comment now and then keeps proxies from closing it.</summary>
internal sealed class EventStream(HttpContext http)
{
    /// <summary>Proxies close what is silent for a minute, many after 30 seconds.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private const string MediaType = "text/event-stream";

    /// <summary>The number of the last event that the client saw; 0 where it saw none.</summary>
    /// <exception cref="ProblemException">It is no number of ours.</exception>
    public static long LastSeen(HttpContext http)
    {
        var header = http.Request.Headers["Last-Event-ID"].ToString();
        return header.Length == 0 ? 0
            : long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw ProblemException.Wrong("Last-Event-ID", "is none that this stream gave; begin without it");
    }

    public async Task BeginAsync()
    {
        http.Response.ContentType = MediaType;
        // Some proxies hold an answer back until it is whole.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await http.Response.StartAsync(http.RequestAborted);
    }

    /// <param name="json">One line.</param>
    public Task SendAsync(long number, string kind, ReadOnlySpan<byte> json) =>
        WriteAsync(string.Create(CultureInfo.InvariantCulture, $"id: {number}\nevent: {kind}\ndata: {Encoding.UTF8.GetString(json)}\n\n"));

    public Task BeatAsync() => WriteAsync(": still here\n\n");

    private async Task WriteAsync(string text)
    {
        await http.Response.WriteAsync(text, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}
