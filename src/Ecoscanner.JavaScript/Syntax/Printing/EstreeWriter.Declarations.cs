using static Ecoscanner.JavaScript.Syntax.NodeFlags;

namespace Ecoscanner.JavaScript.Syntax.Printing;

/// <remarks>Literals, classes and their members, and TypeScript's own.</remarks>
public sealed partial class EstreeWriter
{
    private bool TryWriteLiteral(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.StringLiteral or NodeKind.JSXString or NodeKind.JSXText:
                Text("value"u8, node.StringValue);
                break;
            case NodeKind.NumericLiteral:
                _json.Name("value"u8);
                _json.Number(node.NumberValue);
                break;
            case NodeKind.BooleanLiteral:
                Boolean("value"u8, node.BooleanValue);
                break;
            case NodeKind.BigIntLiteral:
                WriteNullValue();
                Text("bigint"u8, node.BigIntValue);
                break;
            case NodeKind.RegExpLiteral:
                WriteNullValue();
                _json.Name("regex"u8);
                _json.BeginObject();
                Text("pattern"u8, node.RegExpPattern);
                Text("flags"u8, node.RegExpFlags);
                _json.EndObject();
                break;
            case NodeKind.NullLiteral:
                WriteNullValue();
                break;
            default:
                return false;
        }

        Text("raw"u8, node.Text);
        return true;
    }

    private void WriteNullValue()
    {
        _json.Name("value"u8);
        _json.Null();
    }

    private void WriteDeclarationDetails(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.ClassDeclaration or NodeKind.ClassExpression:
                TypedFlag("abstract"u8, node, Abstract);
                TypedFlag("declare"u8, node, Declare);
                break;
            case NodeKind.MethodDefinition or NodeKind.TSAbstractMethodDefinition:
                Word("kind"u8, Spellings.Of(node.MethodKind, "method"u8));
                WriteMember(node);
                break;
            case NodeKind.PropertyDefinition or NodeKind.AccessorProperty or NodeKind.TSAbstractPropertyDefinition or NodeKind.TSAbstractAccessorProperty:
                WriteMember(node);
                TypedFlag("declare"u8, node, Declare);
                TypedFlag("definite"u8, node, Definite);
                TypedFlag("readonly"u8, node, Readonly);
                break;
            case NodeKind.TSParameterProperty:
                Flag("override"u8, node, Override);
                Flag("readonly"u8, node, Readonly);
                Flag("static"u8, node, Static);
                WriteAccessibility(node);
                break;
            case NodeKind.TSPropertySignature:
                WriteSignature(node);
                break;
            case NodeKind.TSMethodSignature:
                Word("kind"u8, Spellings.Of(node.MethodKind, "method"u8));
                WriteSignature(node);
                break;
            case NodeKind.TSIndexSignature:
                Flag("readonly"u8, node, Readonly);
                Flag("static"u8, node, Static);
                WriteAccessibility(node);
                break;
            case NodeKind.TSInterfaceDeclaration or NodeKind.TSTypeAliasDeclaration:
                Flag("declare"u8, node, Declare);
                break;
            case NodeKind.TSEnumDeclaration:
                Flag("const"u8, node, Const);
                Flag("declare"u8, node, Declare);
                break;
            case NodeKind.TSEnumMember:
                Flag("computed"u8, node, Computed);
                break;
            case NodeKind.TSModuleDeclaration:
                Word("kind"u8, Spellings.Of(node.ModuleWord));
                Flag("declare"u8, node, Declare);
                Boolean("global"u8, node.ModuleWord == ModuleWord.Global);
                break;
            default:
                WriteTypeDetails(node);
                break;
        }
    }

    private void WriteTypeDetails(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.TSTypeParameter:
                Flag("in"u8, node, In);
                Flag("out"u8, node, Out);
                Flag("const"u8, node, Const);
                break;
            case NodeKind.TSConstructorType:
                Flag("abstract"u8, node, Abstract);
                break;
            case NodeKind.TSNamedTupleMember:
                Flag("optional"u8, node, Optional);
                break;
            case NodeKind.TSMappedType:
                WriteModifier("optional"u8, node.OptionalModifier);
                WriteModifier("readonly"u8, node.ReadonlyModifier);
                break;
            case NodeKind.TSTypePredicate:
                Flag("asserts"u8, node, Asserts);
                break;
            default:
                break;
        }
    }

    private void WriteMember(Node node)
    {
        Flag("computed"u8, node, Computed);
        Flag("static"u8, node, Static);
        if (_isTypeScript)
        {
            Flag("override"u8, node, Override);
            Flag("optional"u8, node, Optional);
            WriteAccessibility(node);
        }
    }

    private void WriteSignature(Node node)
    {
        Flag("computed"u8, node, Computed);
        Flag("optional"u8, node, Optional);
        Flag("readonly"u8, node, Readonly);
        Flag("static"u8, node, Static);
        WriteAccessibility(node);
    }

    private void WriteAccessibility(Node node)
    {
        if (node.Has(Private))
        {
            Word("accessibility"u8, "private"u8);
        }
        else if (node.Has(Protected))
        {
            Word("accessibility"u8, "protected"u8);
        }
        else if (node.Has(Public))
        {
            Word("accessibility"u8, "public"u8);
        }
    }

    private void WriteModifier(ReadOnlySpan<byte> name, MappedModifier modifier)
    {
        if (modifier is MappedModifier.Plus or MappedModifier.Minus)
        {
            Word(name, modifier == MappedModifier.Plus ? "+"u8 : "-"u8);
            return;
        }

        Boolean(name, modifier == MappedModifier.Present);
    }
}
