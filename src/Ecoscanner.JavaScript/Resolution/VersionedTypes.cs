using System.Globalization;
using System.Text.Json;

namespace Ecoscanner.JavaScript.Resolution;

/// <summary>Ranges of compiler versions, as <c>typesVersions</c> and the condition <c>types@…</c> name them.</summary>
internal static class VersionedTypes
{
    // The version whose resolution this is.
    private static readonly Version Compiler = new(5, 9, 3);

    /// <summary>The places of the first range that holds.</summary>
    public static IReadOnlyList<PathMapping> Read(JsonElement? typesVersions, string directory) =>
        typesVersions is { } element && element.Members().FirstOrDefault(range => Holds(range.Key)) is { Key: not null } first
            ? PathMapping.Read(first.Value, directory)
            : [];

    /// <summary>Whether a range holds: comparators with spaces between, alternatives with <c>||</c>.</summary>
    public static bool Holds(string range) =>
        range.Split("||").Any(alternative => alternative.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(HoldsOne));

    private static bool HoldsOne(string comparator)
    {
        var digits = comparator.AsSpan().IndexOfAnyInRange('0', '9');
        if (digits < 0)
        {
            return comparator is "*" or "x" or "X";
        }

        var numbers = comparator[digits..].Split('-')[0].Split('.').TakeWhile(part => part is not ("x" or "X" or "*")).ToArray();
        var parts = new int[Math.Min(numbers.Length, 3)];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(numbers[i], NumberStyles.None, CultureInfo.InvariantCulture, out parts[i]))
            {
                return false;
            }
        }

        var lowest = new Version(parts.ElementAtOrDefault(0), parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2));
        var above = parts.Length switch
        {
            0 => null,
            1 => new Version(Next(parts[0]), 0, 0),
            2 => new Version(parts[0], Next(parts[1]), 0),
            _ => new Version(parts[0], parts[1], Next(parts[2])),
        };
        return comparator[..digits] switch
        {
            ">=" => Compiler >= lowest,
            "<" => Compiler < lowest,
            ">" => above is not null && Compiler >= above,
            "<=" => above is null || Compiler < above,
            "^" => Compiler >= lowest && Compiler.Major == lowest.Major,
            "~" => Compiler >= lowest && Compiler.Major == lowest.Major && (parts.Length < 2 || Compiler.Minor == lowest.Minor),
            "" or "=" => Compiler >= lowest && (above is null || Compiler < above),
            _ => false,
        };
    }

    private static int Next(int number) => number == int.MaxValue ? number : number + 1;
}
