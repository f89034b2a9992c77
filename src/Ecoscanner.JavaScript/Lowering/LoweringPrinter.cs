using System.Globalization;
using System.Text;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <summary>Writes a lowered module for people: each function, then a line for each of its instructions with the code that it is of.</summary>
internal sealed class LoweringPrinter
{
    private const int LongestText = 40;

    private readonly LoweredModule module;
    private readonly StringBuilder text = new();

    private LoweringPrinter(LoweredModule module) => this.module = module;

    public static string Text(LoweredModule module)
    {
        var printer = new LoweringPrinter(module);
        foreach (var function in module.Functions)
        {
            printer.Write(function);
        }

        foreach (var gap in module.Gaps)
        {
            printer.text.Append("gap ").Append(printer.Place(gap.Node)).Append(": ").Append(gap.Reason).Append('\n');
        }

        return printer.text.ToString();
    }

    private void Write(LoweredFunction function)
    {
        text.Append(CultureInfo.InvariantCulture, $"function {function.Index} {function.Kinds} {Place(function.Node)}");
        if (function.Parent is { } parent)
        {
            text.Append(CultureInfo.InvariantCulture, $" in {parent.Index}");
        }

        text.Append(" (").AppendJoin(", ", function.Parameters.Select(Slot)).Append(function.Rest >= 0 ? $", ...{Slot(function.Rest)}" : "").Append(')');
        Named("this", function.This);
        Named("arguments", function.Arguments);
        Named("return", function.Return);
        Named("thrown", function.Thrown);
        Named("yielded", function.Yielded);
        text.Append('\n');
        foreach (ref readonly var instruction in module.InstructionsOf(function))
        {
            text.Append("  ").Append(Words(instruction)).Append("  // ").Append(Place(module.Tree.NodeAt(instruction.Node))).Append('\n');
        }
    }

    private void Named(string name, int slot)
    {
        if (slot >= 0)
        {
            text.Append(' ').Append(name).Append(' ').Append(Slot(slot));
        }
    }

    private string Words(in Instruction i)
    {
        var words = Operation(i);
        return i.T >= 0 ? $"{Slot(i.T)} = {words}" : words;
    }

    private string Operation(in Instruction i) =>
        i.Opcode switch
        {
            Opcode.Unknown => "unknown",
            Opcode.Constant => Constant(i.A),
            Opcode.Copy => Slot(i.A),
            Opcode.Outer => $"outer {Slot(i.A)}",
            Opcode.SetOuter => $"set outer {Slot(i.A)} = {Slot(i.B)}",
            Opcode.Function => $"function {i.A}",
            Opcode.Class => Class(i),
            Opcode.Object => $"object {{{string.Join(", ", module.ListAt(i.A).ToArray().Select(key => module.Texts[key]))}}}",
            Opcode.Array => i.A < 0 ? "array" : $"array of {i.A}",
            Opcode.Regex => $"regex {Constant(i.A)}",
            Opcode.Load => $"{Member(i.A, i.B)}{Handler(i.C)}",
            Opcode.SuperLoad => $"super of {Member(i.A, i.B)}",
            Opcode.Store => $"{Member(i.A, i.B)} = {Slot(i.C)}",
            Opcode.Getter => $"get {Member(i.A, i.B)} by {Slot(i.C)}",
            Opcode.Setter => $"set {Member(i.A, i.B)} by {Slot(i.C)}",
            Opcode.Spread => $"spread {Slot(i.B)} from {i.C} into {Slot(i.A)}",
            Opcode.Assign => $"assign {Slot(i.B)} to {Slot(i.A)}{Excluded(i.C)}",
            Opcode.Call => $"call {Slot(i.A)}{(i.B >= 0 ? $" this {Slot(i.B)}" : "")} {Arguments(i.C)}",
            Opcode.New => $"new {Slot(i.A)} {Arguments(i.C)}",
            Opcode.SuperCall => $"super {Slot(i.A)} this {Slot(i.B)} {Arguments(i.C)}",
            Opcode.Element => $"element {(i.A >= 0 ? Slot(i.A) : $"<{module.Texts[~i.A]}>")} {Slot(i.B)}",
            Opcode.Iterate => $"{(i.C == 1 ? "await " : "")}{(i.B < 0 ? "any item" : $"item {i.B}")} of {Slot(i.A)}",
            Opcode.Keys => $"key of {Slot(i.A)}",
            Opcode.Await => $"await {Slot(i.A)}{Handler(i.C)}",
            Opcode.Yield => $"yield {Slot(i.A)}",
            Opcode.YieldAll => $"yield all {Slot(i.A)}",
            Opcode.Return => $"return {Slot(i.A)}",
            Opcode.Throw => $"throw {Slot(i.A)}{Handler(i.B)}",
            Opcode.Raised => "raised",
            Opcode.Add => $"{Slot(i.A)} + {Slot(i.B)}",
            Opcode.Template => $"template {Parts(i.C)}",
            Opcode.Binary => $"{Slot(i.A)} {((TokenKind)i.C).Spelling} {Slot(i.B)}",
            Opcode.Unary => $"{((TokenKind)i.C).Spelling} {Slot(i.A)}",
            Opcode.Global => $"global {module.Texts[i.A]}",
            Opcode.SetGlobal => $"set global {module.Texts[i.A]} = {Slot(i.B)}",
            Opcode.Import => $"import {i.A} {module.Record.Imports[i.A].Name} of {Quoted.Of(module.Record.Imports[i.A].Request.Pattern)}",
            Opcode.Request => $"request {i.A} {Quoted.Of(module.Record.Requests[i.A].Pattern)}",
            Opcode.Eval => $"eval {(i.A < 0 ? "" : Slot(i.A))}",
            _ => throw new InvalidOperationException($"nothing prints {i.Opcode}"),
        };

    private string Class(in Instruction i)
    {
        var (_, constructor, fields, members, statics) = module.Classes[i.A];
        var parts = new List<string> { $"class {i.A} prototype {Slot(i.C)}" };
        parts.AddRange(i.B >= 0 ? [$"extends {Slot(i.B)}"] : []);
        parts.AddRange(constructor >= 0 ? [$"constructor {constructor}"] : []);
        parts.AddRange(fields >= 0 ? [$"fields {fields}"] : []);
        parts.AddRange(members.Length > 0 ? [$"{{{string.Join(", ", members.Select(key => module.Texts[key]))}}}"] : []);
        parts.AddRange(statics.Length > 0 ? [$"static {{{string.Join(", ", statics.Select(key => module.Texts[key]))}}}"] : []);
        return string.Join(' ', parts);
    }

    private static string Slot(int slot) => $"s{slot}";

    private static string Handler(int slot) => slot >= 0 ? $" !s{slot}" : "";

    private string Key(int key) => key >= 0 ? $"[{Slot(key)}]" : $".{module.Texts[~key]}";

    private string Member(int owner, int key) => $"{Slot(owner)}{Key(key)}";

    private string Arguments(int list)
    {
        var items = module.ListAt(list);
        return $"({string.Join(", ", items[1..].ToArray().Select(item => item >= 0 ? Slot(item) : $"...{Slot(~item)}"))}){Handler(items[0])}";
    }

    private string Excluded(int list) =>
        module.ListAt(list).IsEmpty
            ? ""
            : $" without {string.Join(", ", module.ListAt(list).ToArray().Select(key => key >= 0 ? Slot(key) : module.Texts[~key]))}";

    private string Parts(int list) => string.Join(' ', module.ListAt(list).ToArray().Select(part => part >= 0 ? Slot(part) : Quoted.Of(module.Texts[~part])));

    private string Constant(int number)
    {
        var constant = module.Constants[number];
        return constant.Kind switch
        {
            LoweredConstantKind.Number => NumberText.Of(constant.Number),
            LoweredConstantKind.BigInt => $"{constant.Text}n",
            LoweredConstantKind.String => Quoted.Of(constant.Text),
            LoweredConstantKind.Regex => constant.Text,
            var kind => kind.ToString().ToLowerInvariant(),
        };
    }

    private string Place(Node node)
    {
        var excerpt = node.Start < node.End ? node.Text : [];
        var shown = excerpt.Length > LongestText ? $"{excerpt[..(LongestText - 1)]}…" : excerpt.ToString();
        return $"{module.Tree.Source.Lines.PositionOf(node.Start)} {shown.ReplaceLineEndings(" ")}";
    }
}
