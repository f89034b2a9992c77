namespace Ecoscanner.JavaScript.Syntax;

internal ref partial struct RegularExpressionParser
{
    /// <summary>Stands for what is no single character and so cannot be an end of a range.</summary>
    private const int NoCharacter = -1;

    private const string NoRange = "a range goes from one character to another; escape the -";
    private const string OutOfOrder = "the range is out of order; the smaller character goes first";
    private const string UnclosedClass = "the class is not closed; add ] or write \\[ for the character";

    /// <summary>A class without the flag v.</summary>
    private bool Class()
    {
        var start = position++;
        Take('^');
        while (!Take(']'))
        {
            var atom = position;
            if (atom == pattern.Length)
            {
                return Fail(start, UnclosedClass);
            }

            if (!ClassAtom(out var first))
            {
                return false;
            }

            if (!At('-') || position + 1 == pattern.Length || pattern[position + 1] == ']')
            {
                continue;
            }

            position++;
            if (!ClassAtom(out var last))
            {
                return false;
            }

            if (first == NoCharacter || last == NoCharacter)
            {
                // Annex B: then the - is a character.
                if (isUnicode)
                {
                    return Fail(atom, NoRange);
                }
            }
            else if (first > last)
            {
                return Fail(atom, OutOfOrder);
            }
        }

        return true;
    }

    private bool ClassAtom(out int value)
    {
        if (!At('\\'))
        {
            value = Next();
            return true;
        }

        if (Escaped() == 'b')
        {
            position += 2;
            value = '\b';
            return true;
        }

        value = NoCharacter;
        return CharacterClassEscape(out var isClass, out _) && (isClass || CharacterEscape(isInClass: true, out value));
    }
}
