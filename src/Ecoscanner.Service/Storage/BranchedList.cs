namespace Ecoscanner.Service.Storage;

/// <summary>
/// A list that is read in branches, since an index gives each of them in order and no index gives them together; each branch gives at most a page.
/// </summary>
/// <param name="Table">With its alias, such as <c>finding f</c>.</param>
/// <param name="Alias">Such as <c>f</c>.</param>
/// <param name="Sort">The column of the order, to which the id is added.</param>
/// <param name="Descending">True where the greatest comes first, of ids too.</param>
internal sealed record BranchedList(string Table, string Alias, string Sort, bool Descending)
{
    /// <summary>Who would need more reads the list of all and sees theirs of it.</summary>
    public const int MostBranches = 120;

    /// <summary>The order of the rows, with the alias.</summary>
    public string Order => $"{Alias}.{Sort}{Direction}, {Alias}.id{Direction}";

    private string Direction => Descending ? " desc" : "";

    /// <summary>
    /// The ids of a part, in order: at most <c>@rows</c>, and of a later part those beyond <c>@sortAfter</c> and <c>@idAfter</c>.
    /// </summary>
    public string Ids(IReadOnlyList<ListBranch> branches, bool isLater)
    {
        var beyond = Descending ? "<" : ">";
        // Two ways to come later, each a stretch of the index: read as one, all that sort the same would be passed over.
        string[] stretches = isLater
            ? [$" and {Alias}.{Sort} = @sortAfter and {Alias}.id {beyond} @idAfter", $" and {Alias}.{Sort} {beyond} @sortAfter"]
            : [""];
        var parts =
            from branch in branches
            from stretch in stretches
            select $"""
                select * from (
                    select {Alias}.id, {Alias}.{Sort} from {Table}
                    where {branch.Key}{stretch}{branch.Others} order by {Order} limit @rows
                ) b
                """;
        return branches.Count == 0
            ? $"select id from (select 0 as id, 0 as {Sort}) n where 1 = 0"
            : $"select id from ({string.Join("\nunion all\n", parts)}) u order by {Sort}{Direction}, id{Direction} limit @rows";
    }
}

/// <summary>One branch of a list.</summary>
/// <param name="Key">The condition that its index begins with.</param>
/// <param name="Others">What is looked at row by row, each with <c>and</c> before it; may be empty.</param>
internal sealed record ListBranch(string Key, string Others);

/// <summary>Conditions of a filter, gathered one by one.</summary>
internal sealed class Conditions
{
    private readonly List<string> conditions = [];

    /// <summary>Adds it where it is asked for.</summary>
    public Conditions When(bool isAsked, string condition)
    {
        if (isAsked)
        {
            conditions.Add($" and {condition}");
        }

        return this;
    }

    public override string ToString() => string.Concat(conditions);
}
