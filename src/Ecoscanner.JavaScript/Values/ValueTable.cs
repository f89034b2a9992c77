using System.Runtime.InteropServices;

namespace Ecoscanner.JavaScript.Values;

/// <summary>The abstract values of a program, each of them once, by number.</summary>
internal sealed class ValueTable
{
    // Longer texts are of no use as names, hosts or keys, and a loop that doubles one would never end.
    public const int MaximumTextLength = 4096;

    // Templates of people have a handful of pieces.
    private const int MaximumPieces = 32;

    // Stands between the pieces of a pattern when it is looked up; a piece that has one is told apart by its length.
    private const char Hole = '\uFFFC';

    private readonly List<ValueRecord> records = [];
    private readonly Dictionary<ValueRecord, int> numbers = [];
    private readonly List<string> texts = [];
    private readonly Dictionary<string, int> numberOfText = new(StringComparer.Ordinal);
    private readonly List<string[]> patterns = [];
    private readonly Dictionary<string, int> numberOfPattern = new(StringComparer.Ordinal);
    private readonly List<double> doubles = [];
    private readonly Dictionary<long, int> numberOfDouble = [];

    public ValueTable()
    {
        Unknown = Intern(new(ValueKind.Unknown));
        Undefined = Intern(new(ValueKind.Undefined));
        Null = Intern(new(ValueKind.Null));
        False = Intern(new(ValueKind.False));
        True = Intern(new(ValueKind.True));
        AnyString = Intern(new(ValueKind.AnyString));
        AnyNumber = Intern(new(ValueKind.AnyNumber));
        AnyBigInt = Intern(new(ValueKind.AnyBigInt));
        ManyStrings = Intern(new(ValueKind.AnyString, 1));
        ManyNumbers = Intern(new(ValueKind.AnyNumber, 1));
        Overflow = Intern(new(ValueKind.Unknown, 1));
    }

    public int Unknown { get; }

    public int Undefined { get; }

    public int Null { get; }

    public int False { get; }

    public int True { get; }

    public int AnyString { get; }

    public int AnyNumber { get; }

    public int AnyBigInt { get; }

    /// <summary>Stands for the texts of a set that had too many.</summary>
    public int ManyStrings { get; }

    public int ManyNumbers { get; }

    /// <summary>Stands for the functions and objects of a set that had too many.</summary>
    public int Overflow { get; }

    public int Count => records.Count;

    public ref readonly ValueRecord this[int value] => ref CollectionsMarshal.AsSpan(records)[value];

    public ValueKind KindOf(int value) => records[value].Kind;

    public bool IsReference(int value) => records[value].Kind >= ValueKind.Function;

    public int Intern(ValueRecord record)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, record, out var isThere);
        if (!isThere)
        {
            number = records.Count;
            records.Add(record);
        }

        return number;
    }

    public int Text(string text)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numberOfText, text, out var isThere);
        if (!isThere)
        {
            number = texts.Count;
            texts.Add(text);
        }

        return number;
    }

    public string TextAt(int text) => texts[text];

    public int String(string text) => text.Length > MaximumTextLength ? AnyString : Intern(new(ValueKind.String, Text(text)));

    public int BigInt(string digits) => Intern(new(ValueKind.BigInt, Text(digits)));

    public int Number(double number)
    {
        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(numberOfDouble, BitConverter.DoubleToInt64Bits(number), out var isThere);
        if (!isThere)
        {
            index = doubles.Count;
            doubles.Add(number);
        }

        return Intern(new(ValueKind.Number, index));
    }

    /// <summary>The text of those pieces, with something that is not known between each two.</summary>
    public int Pattern(IReadOnlyList<string> pieces)
    {
        if (pieces.Count == 1)
        {
            return String(pieces[0]);
        }

        if (pieces.All(piece => piece.Length == 0) || pieces.Count > MaximumPieces || pieces.Sum(piece => piece.Length) > MaximumTextLength)
        {
            return AnyString;
        }

        var key = string.Concat(pieces.Select(piece => $"{piece.Length}{Hole}{piece}"));
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numberOfPattern, key, out var isThere);
        if (!isThere)
        {
            number = patterns.Count;
            patterns.Add([.. pieces]);
        }

        return Intern(new(ValueKind.Pattern, number));
    }

    public string StringOf(int value) => texts[records[value].A];

    public double NumberOf(int value) => doubles[records[value].A];

    public IReadOnlyList<string> PiecesOf(int value) => patterns[records[value].A];
}
