namespace Ecoscanner.JavaScript.Syntax;

internal ref partial struct RegularExpressionParser
{
    private const string ClassSetSyntax = "()[]{}/-|";
    private const string ReservedPunctuators = "&-!#%,:;<=>@`~";
    private const string ReservedDoublePunctuators = "&!#$%*+,.:;<=>?@^`~";

    private enum SetOperation
    {
        None,
        Union,
        Intersection,
        Subtraction,
    }

    /// <summary>A class with the flag v.</summary>
    /// <param name="hasStrings">Whether it may match other than one character (ECMA-262, "MayContainStrings").</param>
    private bool ClassSet(out bool hasStrings)
    {
        hasStrings = false;
        var start = position++;
        if (depth + ++classDepth > MaximumDepth)
        {
            return Fail(start, $"classes are nested too deeply; the limit is {MaximumDepth}");
        }

        var isNegated = Take('^');
        if (!ClassSetContents(start, out hasStrings))
        {
            return false;
        }

        classDepth--;
        if (isNegated && hasStrings)
        {
            return Fail(start, "a class that begins with ^ cannot hold strings of more or less than one character");
        }

        return true;
    }

    private bool ClassSetContents(int start, out bool hasStrings)
    {
        hasStrings = false;
        var operation = SetOperation.None;
        for (var isFirst = true; !Take(']'); isFirst = false)
        {
            if (position == pattern.Length)
            {
                return Fail(start, UnclosedClass);
            }

            var next = isFirst ? SetOperation.None : NextOperation();
            if (!isFirst && operation != next && operation != SetOperation.None)
            {
                return Fail(position, "--, && and mere neighbours cannot be mixed in a class; put one of them in brackets of its own");
            }

            operation = next;
            if (next is SetOperation.Intersection or SetOperation.Subtraction)
            {
                position += 2;
                if (next is SetOperation.Intersection && At('&'))
                {
                    return Fail(position, "&&& is reserved; write &&\\& for the character");
                }
            }

            var operand = position;
            if (!ClassSetOperand(start, out var first, out var operandHasStrings))
            {
                return false;
            }

            hasStrings = next switch
            {
                SetOperation.Intersection => hasStrings && operandHasStrings,
                SetOperation.Subtraction => hasStrings,
                _ => hasStrings || operandHasStrings,
            };
            if (!At('-') || At("--"))
            {
                continue;
            }

            position++;
            if (!ClassSetOperand(start, out var last, out _))
            {
                return false;
            }

            // A range makes its class a union.
            if (operation is SetOperation.Intersection or SetOperation.Subtraction || first == NoCharacter || last == NoCharacter)
            {
                return Fail(operand, NoRange);
            }

            if (first > last)
            {
                return Fail(operand, OutOfOrder);
            }

            operation = SetOperation.Union;
        }

        return true;
    }

    private readonly SetOperation NextOperation() =>
        At("&&") ? SetOperation.Intersection
        : At("--") ? SetOperation.Subtraction
        : SetOperation.Union;

    private bool ClassSetOperand(int start, out int value, out bool hasStrings)
    {
        value = NoCharacter;
        hasStrings = false;
        if (At('['))
        {
            return ClassSet(out hasStrings);
        }

        if (At("\\q"))
        {
            return ClassStrings(out hasStrings);
        }

        var isClass = false;
        return (!At('\\') || CharacterClassEscape(out isClass, out hasStrings)) && (isClass || ClassSetCharacter(start, out value));
    }

    /// <summary>Reads <c>\q{one|two}</c>.</summary>
    private bool ClassStrings(out bool hasStrings)
    {
        hasStrings = false;
        var start = position;
        position += 2;
        if (!Take('{'))
        {
            return Fail(start, "\\q goes on with strings in braces: \\q{one|two}");
        }

        for (var length = 0; ; )
        {
            if (position == pattern.Length)
            {
                return Fail(start, "the strings of \\q are not closed; add }");
            }

            if (At('|') || At('}'))
            {
                hasStrings |= length != 1;
                length = 0;
                if (pattern[position++] == '}')
                {
                    return true;
                }
            }
            else if (ClassSetCharacter(start, out _))
            {
                length++;
            }
            else
            {
                return false;
            }
        }
    }

    private bool ClassSetCharacter(int start, out int value)
    {
        value = NoCharacter;
        if (position == pattern.Length)
        {
            return Fail(start, UnclosedClass);
        }

        var character = pattern[position];
        var following = Escaped();
        if (character == '\\')
        {
            if (following != 'b' && !ReservedPunctuators.Contains(following, StringComparison.Ordinal))
            {
                return CharacterEscape(isInClass: true, out value);
            }

            position += 2;
            value = following == 'b' ? '\b' : following;
            return true;
        }

        if (ClassSetSyntax.Contains(character, StringComparison.Ordinal))
        {
            return Fail(position, $"in a class, the flag v wants \\{character} for the character {character}");
        }

        if (character == following && ReservedDoublePunctuators.Contains(character, StringComparison.Ordinal))
        {
            return Fail(position, $"in a class, the flag v reserves {character}{character}; write \\{character} for the character");
        }

        value = Next();
        return true;
    }
}
