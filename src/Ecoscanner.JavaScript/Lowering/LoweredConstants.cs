namespace Ecoscanner.JavaScript.Lowering;

/// <summary>The constants of a module that is being lowered. Those that are one value of their kind come first, by the number of the kind.</summary>
internal sealed class LoweredConstants
{
    private readonly List<LoweredConstant> constants =
    [
        new(LoweredConstantKind.Undefined),
        new(LoweredConstantKind.Null),
        new(LoweredConstantKind.False),
        new(LoweredConstantKind.True),
    ];

    private readonly Dictionary<double, int> numbers = [];

    public int Of(double number)
    {
        if (!numbers.TryGetValue(number, out var place))
        {
            place = Add(new(LoweredConstantKind.Number, Number: number));
            numbers.Add(number, place);
        }

        return place;
    }

    public int Of(string text) => Add(new(LoweredConstantKind.String, text));

    public int Add(LoweredConstant constant)
    {
        constants.Add(constant);
        return constants.Count - 1;
    }

    public LoweredConstant[] ToArray() => [.. constants];
}
