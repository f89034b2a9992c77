using System.Globalization;

namespace Ecoscanner.Service.Api;

/// <summary>A part of a list.</summary>
/// <param name="Next">The URL of the next part; null where this is the last.</param>
/// <param name="Count">How many there are in all, where it was asked for with <c>count=true</c>.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, BoundedCount? Count);

/// <param name="AtLeast">True where there may be more: nobody waits for a million rows to be counted.</param>
public sealed record BoundedCount(int Value, bool AtLeast)
{
    /// <summary>Counted up to here.</summary>
    public const int Limit = 10_000;

    public static BoundedCount Of(int counted) => new(Math.Min(counted, Limit), counted > Limit);
}

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

    public bool WantsCount => http.Request.Query["count"].ToString() == "true";

    /// <summary>The part, of rows of which one more than the limit was asked for.</summary>
    public Reply Answer<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, string> place, Func<TRow, T> view, int? counted = null)
    {
        var next = rows.Count > Limit ? cursor.Write(list, place(rows[Limit - 1])) : null;
        return Answer([.. rows.Take(Limit).Select(view)], next, counted);
    }

    /// <summary>The part, where whoever read it says where the next begins.</summary>
    public Reply AnswerFrom<T>(IReadOnlyList<T> items, string? nextPlace, int? counted = null) =>
        Answer(items, nextPlace is null ? null : cursor.Write(list, nextPlace), counted);

    private Reply Answer<T>(IReadOnlyList<T> items, string? next, int? counted)
    {
        string? url = null;
        if (next is not null)
        {
            var query = http.Request.Query.Where(pair => pair.Key is not ("cursor" or "count")).Append(new("cursor", next));
            url = $"{http.Request.PathBase}{http.Request.Path}{QueryString.Create(query)}";
            http.Response.Headers.Link = $"<{url}>; rel=\"next\"";
        }

        return Reply.Of(new Page<T>(items, url, counted is { } count ? BoundedCount.Of(count) : null));
    }
}
