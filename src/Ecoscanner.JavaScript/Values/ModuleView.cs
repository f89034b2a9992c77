using Ecoscanner.JavaScript.Lowering;

namespace Ecoscanner.JavaScript.Values;

/// <summary>A lowered module with its texts and constants by the numbers of the program.</summary>
internal sealed class ModuleView
{
    public ModuleView(LoweredModule module, int number, ValueTable values)
    {
        Module = module;
        // A private name is of a class, and so of a module.
        Texts = Array.ConvertAll(module.Texts, text => values.Text(text is ['#', _, ..] ? $"{text} of {number}" : text));
        Constants = Array.ConvertAll(module.Constants, constant => ValueOf(constant, values));
    }

    public LoweredModule Module { get; }

    public int[] Texts { get; }

    public int[] Constants { get; }

    private static int ValueOf(LoweredConstant constant, ValueTable values) =>
        constant.Kind switch
        {
            LoweredConstantKind.Undefined => values.Undefined,
            LoweredConstantKind.Null => values.Null,
            LoweredConstantKind.False => values.False,
            LoweredConstantKind.True => values.True,
            LoweredConstantKind.Number => values.Number(constant.Number),
            LoweredConstantKind.BigInt => values.BigInt(constant.Text),
            _ => values.String(constant.Text),
        };
}
