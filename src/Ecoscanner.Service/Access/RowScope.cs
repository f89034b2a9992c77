namespace Ecoscanner.Service.Access;

/// <summary>The rows that somebody may see or change. An empty one holds nothing.</summary>
public sealed class RowScope(IEnumerable<RowScope.Part> parts)
{
    private readonly IReadOnlyList<Part> parts = [.. parts];

    /// <summary>True where it holds every partner's rows.</summary>
    public bool IsAll => parts.Any(part => part.PartnerId is null);

    /// <summary>True where it holds none.</summary>
    public bool IsEmpty => parts.Count == 0;

    /// <summary>True where a row of that partner and app (null: of none) is in it.</summary>
    public bool Contains(long partnerId, long? appId) =>
        parts.Any(part => part.PartnerId is null || (part.PartnerId == partnerId && (part.AppId is null || part.AppId == appId)));

    /// <summary>The condition of a statement over columns that hold the partner and the app. Its numbers are ours, so they stand in the text.</summary>
    /// <param name="partnerColumn">Such as <c>f.partner_id</c>.</param>
    /// <param name="appColumn">Such as <c>f.app_id</c>; null where rows belong to no app, and then parts of single apps see none.</param>
    public string Sql(string partnerColumn, string? appColumn)
    {
        if (IsAll)
        {
            return "(1 = 1)";
        }

        var whole = parts.Where(part => part.AppId is null).Select(part => part.PartnerId!.Value).Distinct().Order().ToList();
        var conditions = new List<string>();
        if (whole.Count > 0)
        {
            conditions.Add($"{partnerColumn} in ({string.Join(", ", whole)})");
        }

        if (appColumn is not null)
        {
            conditions.AddRange(
                parts.Where(part => part.AppId is not null).Distinct().Select(part => $"({partnerColumn} = {part.PartnerId} and {appColumn} = {part.AppId})")
            );
        }

        return conditions.Count == 0 ? "(1 = 0)" : $"({string.Join(" or ", conditions)})";
    }

    /// <summary>
    /// The same for what was found of an app and its tickets: of an app that they lost, partners see nothing any more. What they upload of what is not
    /// theirs stands in reports alone.
    /// </summary>
    public string SqlOfOwned(string partnerColumn, string appColumn) => IsAll ? "(1 = 1)" : $"({Sql(partnerColumn, appColumn)} and {Owned(appColumn)})";

    /// <summary>The condition that an app is its partner's.</summary>
    public static string Owned(string appColumn) => $"exists (select 1 from app own where own.id = {appColumn} and own.ownership <> 'unproven')";

    /// <summary>The same in parts, each of which an index over one of the columns answers; of one that does not hold all.</summary>
    public IReadOnlyList<string> Keys(string partnerColumn, string appColumn)
    {
        var whole = parts.Where(part => part.AppId is null).Select(part => part.PartnerId).ToHashSet();
        return
        [
            .. parts
                .Where(part => part.AppId is null || !whole.Contains(part.PartnerId))
                .Distinct()
                .Select(part => part.AppId is { } app ? $"{appColumn} = {app}" : $"{partnerColumn} = {part.PartnerId}"),
        ];
    }

    /// <summary>All rows, a partner's, or one app's.</summary>
    public readonly record struct Part(long? PartnerId, long? AppId);
}
