using Ecoscanner.Advisories.Versions;

namespace Ecoscanner.Advisories;

/// <summary>A stretch of versions in the order of its ecosystem.</summary>
/// <param name="From">Null for the beginning.</param>
/// <param name="To">Null for no end.</param>
public sealed record VersionRange(string? From, bool IncludesFrom, string? To, bool IncludesTo)
{
    /// <summary>Every version.</summary>
    public static readonly VersionRange All = new(null, IncludesFrom: true, null, IncludesTo: true);

    /// <summary>The version that fixes it; null where none is known.</summary>
    public string? Fixed => IncludesTo ? null : To;

    /// <summary>Just this version and what is held equal to it.</summary>
    public static VersionRange Only(string version) => new(version, IncludesFrom: true, version, IncludesTo: true);

    /// <summary>False too for a range that <see cref="Problem"/> refuses. Pre-releases count by their order; npm's rule that hides them is for installing.</summary>
    public bool Contains(VersionKey version, VersionOrder order)
    {
        if (From is not null && (order.Key(From) is not { } from || (IncludesFrom ? version < from : version <= from)))
        {
            return false;
        }

        return To is null || (order.Key(To) is { } to && (IncludesTo ? version <= to : version < to));
    }

    /// <summary>Why no version can stand in it, for a person; null where some can.</summary>
    public string? Problem(VersionOrder order)
    {
        VersionKey? from = null;
        if (From is not null && (from = order.Key(From)) is null)
        {
            return $"'{Shortened(From)}' is no version";
        }

        if (To is null)
        {
            return null;
        }

        if (order.Key(To) is not { } to)
        {
            return $"'{Shortened(To)}' is no version";
        }

        return from is { } first && (first > to || (first == to && !(IncludesFrom && IncludesTo)))
            ? $"the range ends at '{Shortened(To)}', before it begins at '{Shortened(From!)}'"
            : null;
    }

    public override string ToString() =>
        this switch
        {
            { From: null, To: null } => "every version",
            { From: { } from, To: { } to } when from == to => $"= {from}",
            { To: null } => $"{(IncludesFrom ? ">=" : ">")} {From}",
            { From: null } => $"{(IncludesTo ? "<=" : "<")} {To}",
            _ => $"{(IncludesFrom ? ">=" : ">")} {From}, {(IncludesTo ? "<=" : "<")} {To}",
        };

    // A version may be as long as a stranger likes.
    private static string Shortened(string version)
    {
        const int Enough = 60;
        return version.Length <= Enough ? version : $"{version.AsSpan(0, Enough)}…";
    }
}
