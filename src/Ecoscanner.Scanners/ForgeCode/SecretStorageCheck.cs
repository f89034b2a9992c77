using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>Secrets are kept by <c>setSecret</c>, which encrypts them and gives them back to the app's code alone.</summary>
internal static partial class SecretStorageCheck
{
    public static readonly TaintCheck Check = new(ForgeCodeScanner.PlainSecret)
    {
        Sinks = Sinks,
        Sources = code => [.. SecretSources.Of(code), .. Named(code).Select(TaintSource.At)],
        IsHarmless = (code, place, _) => SecretSources.IsHarmless(code, place),
        IsMeant = SecretSources.IsNoSecret,
        What = "a secret",
        Verb = "is kept as plain data by",
        Expected = "kvs.setSecret(key, value), and kvs.getSecret(key) where it is used",
        None = "the code keeps nothing in storage",
    };

    private static IEnumerable<CodeSink> Sinks(AppCode code) => CodeSink.Argument(code.CallsOf(path => Stores().IsMatch(path)), 1);

    // What is kept under the name of a secret, itself or as a part of an object.
    private static IEnumerable<Node> Named(AppCode code)
    {
        foreach (var sink in Sinks(code))
        {
            if (IsNamedSecret(code.Program.Values.Of(sink.Call.Arguments[0])) && MayBeSecret(code, sink.Place))
            {
                yield return sink.Place;
            }

            foreach (
                var value in code.Program.Values.Of(sink.Place).Where(value => value.Kind is ValueKind.Object && value.Node.Kind == NodeKind.ObjectExpression)
            )
            {
                foreach (var property in value.Node.Properties.Where(property => property.Kind == NodeKind.Property && !property.Has(NodeFlags.Computed)))
                {
                    if (SecretNames.IsSecret(CodePlaces.NameOf(property)) && MayBeSecret(code, property.Value))
                    {
                        yield return property.Value;
                    }
                }
            }
        }
    }

    private static bool IsNamedSecret(ValueSet keys) => keys.SelectMany(key => key.Pieces).Any(piece => SecretNames.IsSecret(piece));

    // Not whether there is one, nor what is worked out of it.
    private static bool MayBeSecret(AppCode code, Node given)
    {
        var node = CodePlaces.Plain(given);
        node = node.Kind == NodeKind.AwaitExpression ? CodePlaces.Plain(node.Argument) : node;
        return node.Kind
                is not (
                    NodeKind.UnaryExpression
                    or NodeKind.BinaryExpression
                    or NodeKind.BooleanLiteral
                    or NodeKind.NullLiteral
                    or NodeKind.StringLiteral
                    or NodeKind.NumericLiteral
                    or NodeKind.ArrayExpression
                )
            && !(node.Kind is NodeKind.CallExpression or NodeKind.NewExpression && SecretSources.IsHarmless(code, node))
            && code.Program.Values.Of(node)
                .All(value => value.Kind is ValueKind.Unknown or ValueKind.AnyString or ValueKind.Pattern or ValueKind.External or ValueKind.Undefined);
    }

    [GeneratedRegex("""^require\("@forge/(api|kvs|storage)"\)[\w.()]*\.set$""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Stores();
}
