using System.Collections.Frozen;

namespace Ecoscanner.JavaScript.Syntax;

using Names = FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>>;

/// <summary>Which properties <c>\p{…}</c> knows (ECMA-262, "UnicodeMatchProperty"): exact names, no loose matching.</summary>
internal static class RegularExpressionProperties
{
    private static readonly Names GeneralCategories = Set(UnicodePropertyNames.GeneralCategories);
    private static readonly Names Scripts = Set(UnicodePropertyNames.Scripts);
    private static readonly Names Binary = Set(UnicodePropertyNames.Binary);
    private static readonly Names Strings = Set(UnicodePropertyNames.OfStrings);

    /// <summary>Whether it may stand without a value: a binary property, or a value of General_Category.</summary>
    public static bool IsLone(ReadOnlySpan<char> name) => GeneralCategories.Contains(name) || Binary.Contains(name);

    /// <summary>Whether it is a property of strings, which need the flag v.</summary>
    public static bool IsOfStrings(ReadOnlySpan<char> name) => Strings.Contains(name);

    /// <summary>Whether it is a property that takes a value.</summary>
    public static bool TakesValue(ReadOnlySpan<char> name) => name is "General_Category" or "gc" || IsScript(name);

    public static bool HasValue(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        name is "General_Category" or "gc" ? GeneralCategories.Contains(value) : IsScript(name) && Scripts.Contains(value);

    private static bool IsScript(ReadOnlySpan<char> name) => name is "Script" or "sc" or "Script_Extensions" or "scx";

    private static Names Set(string words) =>
        words
            .Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
}
