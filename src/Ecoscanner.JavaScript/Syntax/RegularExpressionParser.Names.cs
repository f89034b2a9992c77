using System.Text;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Syntax;

internal ref partial struct RegularExpressionParser
{
    /// <summary>Whether <c>\k</c> was read as a letter in a pattern that turned out to name a group.</summary>
    public readonly bool NamesChangeMeaning => hasLetterK && names is not null;

    private bool DeclareName(int group)
    {
        if (GroupName() is not { } name)
        {
            return false;
        }

        names ??= new(StringComparer.Ordinal);
        if (names.TryGetValue(name, out var earlier) && MayBothTakePart(earlier))
        {
            return Fail(group, $"another group is called {name} and both may take part in a match; rename one, or keep them in different alternatives");
        }

        names[name] = group;
        return true;
    }

    /// <summary>Whether a group that began earlier and the one that begins here are not kept apart by a <c>|</c>.</summary>
    /// <remarks>
    /// Of groups of one name, only the last is asked: whatever is before it and takes part in a match together with this one
    /// would have taken part together with that one, and was refused there.
    /// </remarks>
    private readonly bool MayBothTakePart(int earlier)
    {
        // The innermost open group that holds the earlier one tells: is it in the alternative that is being read, or in one before?
        var (low, high) = (0, depth);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = groups[middle].Disjunction <= earlier ? (middle, high) : (low, middle - 1);
        }

        return earlier >= groups[low].Alternative;
    }

    /// <summary>A <c>\k&lt;name></c> whose name may be declared further on.</summary>
    private bool NamedReference()
    {
        var start = position;
        position += 2;
        if (!At('<'))
        {
            return Fail(start, "\\k goes on with the name of a group: \\k<name>");
        }

        if (GroupName() is not { } name)
        {
            return false;
        }

        if (names?.ContainsKey(name) != true)
        {
            (undeclared ??= []).Add((name, start));
        }

        return true;
    }

    private void NumberedReference()
    {
        var start = position++;
        long number = 0;
        foreach (var digit in Digits())
        {
            number = Math.Min(number * 10 + digit - '0', int.MaxValue);
        }

        if (number > largestReference)
        {
            (largestReference, largestReferenceOffset) = (number, start);
        }
    }

    private bool References()
    {
        if (largestReference > captures)
        {
            return Fail(largestReferenceOffset, $"there is no group {largestReference}; the pattern has {captures}");
        }

        if (undeclared is null)
        {
            return true;
        }

        foreach (var (name, offset) in undeclared)
        {
            if (names?.ContainsKey(name) != true)
            {
                return Fail(offset, $"no group is called {name}");
            }
        }

        return true;
    }

    /// <summary>Reads <c>&lt;name></c>; null where it is none, and that is an error.</summary>
    /// <remarks>Names are code points in every mode, and so are their escapes.</remarks>
    private string? GroupName()
    {
        var opening = position++;
        var name = new StringBuilder();
        while (position < pattern.Length)
        {
            var start = position;
            if (Take('>'))
            {
                if (name.Length > 0)
                {
                    return name.ToString();
                }

                Fail(opening, "the name of the group is missing");
                return null;
            }

            int character;
            if (!Take('\\'))
            {
                character = NextCodePoint();
            }
            else if (!UnicodeEscape(strict: true, out character))
            {
                Fail(start, "in the name of a group, \\ begins a Unicode escape: \\u0061 or \\u{61}");
                return null;
            }

            if (!(name.Length == 0 ? UnicodeIdentifiers.IsStart(character) : UnicodeIdentifiers.IsPart(character)))
            {
                Fail(start, "the name of a group is an identifier: letters, digits, $ and _, no digit first, then >");
                return null;
            }

            name.Append(char.ConvertFromUtf32(character));
        }

        Fail(opening, "the name of the group is not closed; add >");
        return null;
    }
}
