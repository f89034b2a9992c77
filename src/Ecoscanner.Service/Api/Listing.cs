using System.Globalization;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Api;

/// <summary>A part of a list, as it is answered.</summary>
/// <param name="Next">The URL of the next part; null where this is the last.</param>
/// <param name="Count">How many there are in all, where the list counts and it was asked for with <c>count=true</c>.</param>
public sealed record Listing<T>(IReadOnlyList<T> Items, string? Next, RowCount? Count);

/// <summary>What a list was asked for: how many, from where, and by which filters; its answer leads to the next part.</summary>
internal sealed class PageRequest
{
    private const int Usual = 50;
    private const int Most = 200;

    private readonly HttpContext http;
    private readonly Cursor cursor;
    private readonly string list;

    public PageRequest(HttpContext http, Cursor cursor, string who)
    {
        this.http = http;
        this.cursor = cursor;
        var filters = http.Request.Query.Where(pair => pair.Key is not ("cursor" or "limit" or "count")).OrderBy(pair => pair.Key, StringComparer.Ordinal);
        list = $"{who} {http.Request.Path} {QueryString.Create(filters)}";
        var asked = http.Request.Query["limit"].ToString();
        Limit =
            asked.Length == 0 ? Usual
            : int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= Most ? limit
            : throw ProblemException.Wrong("?limit", $"must be a number from 1 to {Most}");
        After = http.Request.Query["cursor"].ToString() is { Length: > 0 } place ? cursor.Read(list, place) : null;
    }

    /// <summary>Rows to answer; ask the database for one more to know whether there are more.</summary>
    public int Limit { get; }

    /// <summary>The place of the last row of the part before; null for the first part.</summary>
    public string? After { get; }

    /// <summary>The same as a number, for lists by id.</summary>
    public long? AfterId => After is null ? null : long.Parse(After, CultureInfo.InvariantCulture);

    /// <summary>The same as two numbers, for lists by time and id.</summary>
    public (long Time, long Id)? AfterPair =>
        After?.Split(':') is [var time, var id] ? (long.Parse(time, CultureInfo.InvariantCulture), long.Parse(id, CultureInfo.InvariantCulture)) : null;

    public bool WantsCount => http.Request.Query["count"].ToString() == "true";

    /// <summary>The part, of rows of which one more than the limit was asked for.</summary>
    public Reply Answer<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, string> place, Func<TRow, T> view) =>
        Answer<T>([.. rows.Take(Limit).Select(view)], rows.Count > Limit ? place(rows[Limit - 1]) : null);

    /// <summary>The part, where whoever read it says where the next begins.</summary>
    public Reply Answer<T>(IReadOnlyList<T> items, string? nextPlace, RowCount? count = null)
    {
        var next = nextPlace is null ? null : cursor.Write(list, nextPlace);
        string? url = null;
        if (next is not null)
        {
            var query = http.Request.Query.Where(pair => pair.Key is not ("cursor" or "count")).Append(new("cursor", next));
            url = $"{http.Request.PathBase}{http.Request.Path}{QueryString.Create(query)}";
            http.Response.Headers.Link = $"<{url}>; rel=\"next\"";
        }

        return Reply.Of(new Listing<T>(items, url, count));
    }
}
