using System.Text;

namespace Ecoscanner.JavaScript.Tests.Values;

/// <summary>
/// Makes up small programs, of one file or a few, that mostly run to their end: each value has a shape that is known while it is made up.
/// What <c>pick</c> gives decides how they run; <c>source</c> gives what should not reach <c>sink</c>.
/// </summary>
internal sealed partial class MadeUpProgram
{
    private static readonly string[] Keys = ["a", "b", "c"];

    // What most programs begin with.
    private static readonly Shape[] Common = [Shape.Text, Shape.Mapper, Shape.Mapper, Shape.Class, Shape.Class, Shape.Thing, Shape.Table];

    private readonly Random random;
    private readonly bool isModule;
    private readonly List<Variable> scope = [];
    private Surroundings around;
    private int names;

    // How many statements that hold others may still come in the file, and how many expressions in the statement.
    private int budget;
    private int room;

    private MadeUpProgram(Random random)
    {
        this.random = random;
        isModule = random.Next(3) > 0;
    }

    private string Extension => isModule ? ".mjs" : ".cjs";

    /// <summary>What stands around an expression: what it may use.</summary>
    private readonly record struct Surroundings(
        bool IsAsync = false,
        bool IsGenerator = false,
        bool HasThis = false,
        bool HasArguments = false,
        bool IsFunction = false
    );

    /// <summary>A value in scope: a name, or another expression that reads it.</summary>
    private readonly record struct Variable(string Name, Shape Shape, bool CanChange);

    /// <summary>What a value can be used as.</summary>
    private enum Shape
    {
        Text,
        Number,
        Flag,

        /// <summary>() → text.</summary>
        Maker,

        /// <summary>text → text.</summary>
        Mapper,

        /// <summary>mapper → text.</summary>
        Higher,

        /// <summary>mapper → mapper.</summary>
        Decorator,
        Texts,
        Mappers,

        /// <summary>An object with a name, a label, <c>run</c> and <c>help</c>, which are mappers.</summary>
        Thing,
        Things,

        /// <summary>new (text) → thing.</summary>
        Class,

        /// <summary>An object of mappers.</summary>
        Table,
        MapOfMappers,
        SetOfTexts,

        /// <summary>A promise of a text.</summary>
        Promise,

        /// <summary>text → promise.</summary>
        AsyncMapper,

        /// <summary>An iterable of texts.</summary>
        Many,

        /// <summary>text → many.</summary>
        ManyMaker,
    }

    private static readonly Shape[] Shapes = Enum.GetValues<Shape>();

    /// <summary>The files by name; the last is where to begin.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(Random random)
    {
        var program = new MadeUpProgram(random);
        return program.Files();
    }

    private List<KeyValuePair<string, string>> Files()
    {
        var files = new List<KeyValuePair<string, string>>();
        var exported = new List<(string File, List<Variable> Variables)>();
        var count = random.Next(4) switch
        {
            0 => 3,
            1 => 2,
            _ => 1,
        };
        for (var index = 1; index <= count; index++)
        {
            var isLast = index == count;
            var name = isLast ? $"main{Extension}" : $"part{index}{Extension}";
            var (text, variables) = File(exported, isLast, count == 1 ? random.Next(5, 11) : random.Next(2, 5));
            files.Add(new(name, text));
            exported.Add((name, variables));
        }

        return files;
    }

    private (string Text, List<Variable> Exported) File(List<(string File, List<Variable> Variables)> others, bool isLast, int count)
    {
        scope.Clear();
        budget = count;
        around = new Surroundings(IsAsync: isModule);
        var text = new StringBuilder(!isModule && Chance(3) ? "\"use strict\";\n" : "");
        foreach (var (file, variables) in others)
        {
            text.Append(Import(file, variables));
        }

        var imported = scope.Count;
        foreach (var shape in random.GetItems(Common, random.Next(2, 6)))
        {
            room = RoomOfInnerStatement;
            text.Append(shape == Shape.Class ? ClassDeclaration(1, "") : Declaration(shape)).Append('\n');
        }

        text.Append(Statements(count, MaximumDepth, "", isBody: true)).Append(Uses()).Append('\n');
        var declared = scope.Skip(imported).Where(variable => !variable.Name.Contains('.', StringComparison.Ordinal)).ToList();
        return isLast ? (text.ToString(), []) : Exports(text, declared, others);
    }

    private string Import(string file, List<Variable> variables)
    {
        if (variables.Count == 0)
        {
            return isModule ? $"import \"./{file}\";\n" : $"require(\"./{file}\");\n";
        }

        if (Chance(3))
        {
            var all = Name();
            scope.AddRange(variables.Select(variable => new Variable($"{all}.{variable.Name}", variable.Shape, CanChange: false)));
            return isModule ? $"import * as {all} from \"./{file}\";\n" : $"const {all} = require(\"./{file}\");\n";
        }

        var (from, parts) = (isModule ? " as " : ": ", new List<string>());
        foreach (var variable in variables)
        {
            var isRenamed = variable.Name == "default" || scope.Exists(other => other.Name == variable.Name) || Chance(2);
            var local = isRenamed ? Name() : variable.Name;
            parts.Add(isRenamed ? $"{variable.Name}{from}{local}" : local);
            scope.Add(new(local, variable.Shape, CanChange: false));
        }

        var list = string.Join(", ", parts);
        return isModule ? $"import {{ {list} }} from \"./{file}\";\n" : $"const {{ {list} }} = require(\"./{file}\");\n";
    }

    private (string Text, List<Variable> Exported) Exports(StringBuilder text, List<Variable> declared, List<(string File, List<Variable> Variables)> others)
    {
        var exported = new List<Variable>();
        var parts = new List<string>();
        foreach (var variable in declared)
        {
            var name = Chance(3) ? Name() : variable.Name;
            if (isModule && !exported.Exists(other => other.Name == "default") && Chance(6))
            {
                name = "default";
                text.Append(Chance(2) ? $"export default {variable.Name};\n" : $"export {{ {variable.Name} as default }};\n");
            }
            else if (!isModule && Chance(2))
            {
                text.Append($"{(Chance(3) ? "module.exports" : "exports")}.{name} = {variable.Name};\n");
            }
            else
            {
                parts.Add(isModule ? $"{variable.Name} as {name}" : $"{name}: {variable.Name}");
            }

            exported.Add(variable with { Name = name, CanChange = false });
        }

        if (parts.Count > 0)
        {
            var list = string.Join(", ", parts);
            text.Append(
                isModule ? $"export {{ {list} }};\n"
                : Chance(2) ? $"Object.assign(exports, {{ {list} }});\n"
                : $"module.exports = {{ ...module.exports, {list} }};\n"
            );
        }

        if (isModule && others.Count > 0 && Chance(2))
        {
            var (file, variables) = others[^1];
            text.Append($"export * from \"./{file}\";\n");
            exported.AddRange(variables.Where(variable => variable.Name != "default"));
        }

        return (text.ToString(), exported);
    }

    private bool Chance(int of) => random.Next(of) == 0;

    private T One<T>(params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    private string Name() => $"n{++names}";

    private string Key() => One(Keys);

    /// <summary>A text that is made up within other surroundings, with what is declared there.</summary>
    private string Within(Surroundings inner, IEnumerable<Variable> variables, Func<string> make)
    {
        var (outer, count) = (around, scope.Count);
        around = inner;
        scope.AddRange(variables);
        var text = make();
        scope.RemoveRange(count, scope.Count - count);
        around = outer;
        return text;
    }

    private string Within(Surroundings inner, Func<string> make) => Within(inner, [], make);

    /// <summary>The surroundings in an arrow function: <c>this</c> stays.</summary>
    private Surroundings Arrow(bool isAsync = false) => around with { IsAsync = isAsync, IsGenerator = false, IsFunction = true };

    private static Surroundings Function(bool isAsync = false, bool isGenerator = false, bool hasThis = false) =>
        new(isAsync, isGenerator, hasThis, HasArguments: true, IsFunction: true);
}
