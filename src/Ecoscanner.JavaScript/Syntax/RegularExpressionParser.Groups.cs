namespace Ecoscanner.JavaScript.Syntax;

internal ref partial struct RegularExpressionParser
{
    private const string Modifiers = "ims";

    private bool OpenGroup()
    {
        var start = position++;
        var isQuantifiable = true;
        if (!Take('?'))
        {
            captures++;
        }
        else if (At('=') || At('!'))
        {
            position++;
            // Annex B, QuantifiableAssertion.
            isQuantifiable = !isUnicode;
        }
        else if (At("<=") || At("<!"))
        {
            position += 2;
            isQuantifiable = false;
        }
        else if (At('<'))
        {
            captures++;
            if (!DeclareName(start))
            {
                return false;
            }
        }
        else if (!GroupModifiers(start))
        {
            return false;
        }

        if (depth == MaximumDepth)
        {
            return Fail(start, $"groups are nested too deeply; the limit is {MaximumDepth}");
        }

        if (++depth == groups.Length)
        {
            var larger = new RegularExpressionGroup[groups.Length * 4];
            groups.CopyTo(larger);
            groups = larger;
        }

        groups[depth] = new(start, position, position, isQuantifiable);
        return true;
    }

    private bool CloseGroup()
    {
        if (depth == 0)
        {
            return Fail(position, "there is no open group; write \\) for the character");
        }

        position++;
        return !groups[depth--].IsQuantifiable || Quantifier();
    }

    /// <summary>Reads what stands between <c>(?</c> and <c>:</c>, and the colon.</summary>
    private bool GroupModifiers(int group)
    {
        var start = position;
        var added = 0;
        var removed = 0;
        if (!ModifierSet(ref added))
        {
            return false;
        }

        if (Take('-'))
        {
            removed = added;
            if (!ModifierSet(ref removed))
            {
                return false;
            }

            if (removed == 0)
            {
                return Fail(start, "the - has no modifier on either side; write (?: or name one of i, m and s");
            }
        }

        return Take(':')
            || (
                position == pattern.Length
                    ? Fail(group, "the group is not closed; add ) or write \\( for the character")
                    : Fail(position, "a group that begins with ? goes on with :, =, !, <=, <!, <name> or the modifiers i, m and s")
            );
    }

    private bool ModifierSet(ref int seen)
    {
        for (; position < pattern.Length && Modifiers.IndexOf(pattern[position], StringComparison.Ordinal) is >= 0 and var modifier; position++)
        {
            if ((seen & (1 << modifier)) != 0)
            {
                return Fail(position, $"the modifier {pattern[position]} stands there twice; remove one");
            }

            seen |= 1 << modifier;
        }

        return true;
    }
}
