using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Binding;

/// <summary>
/// A source that says in comments what its names mean. Behind an identifier, <c>/*1*/</c> calls what it declares 1, <c>/*=1*/</c> says that it
/// refers to that, and <c>/*=?*/</c> that nothing in the source declares it; words behind are flags that the reference has, and it has no others:
/// <c>/*=1 write*/</c>. Without words, flags are not compared.
/// </summary>
internal sealed partial class MarkedSource
{
    private MarkedSource(SemanticModel model) => Model = model;

    public SemanticModel Model { get; }

    /// <summary>Parses and binds, and holds the outcome against the comments.</summary>
    public static MarkedSource Check(string source, string file = "a.js")
    {
        var marked = new MarkedSource(Bind(source, file));
        var declared = new Dictionary<string, Symbol>(StringComparer.Ordinal);
        var marks = Marks().Matches(source);
        Assert.NotEmpty(marks);
        foreach (var mark in marks.Where(mark => !mark.Groups["refers"].Success))
        {
            var symbol = marked.Model.SymbolOf(marked.IdentifierAt(mark));
            Assert.True(symbol.Exists, $"{mark.Value} declares nothing");
            var label = mark.Groups["label"].Value;
            Assert.True(declared.TryAdd(label, symbol) || declared[label] == symbol, $"{mark.Value} declares another symbol than what is called {label}");
        }

        Assert.All(marks.Where(mark => mark.Groups["refers"].Success), mark => marked.CheckReference(mark, declared));
        Assert.Equal(declared.Count, declared.Values.Distinct().Count());
        return marked;
    }

    /// <summary>The model of a source without errors of syntax.</summary>
    public static SemanticModel Bind(string source, string file = "a.js")
    {
        var tree = SyntaxTree.Parse(new SourceText(source, file), ParseOptions.For(file));
        Assert.Empty(tree.Diagnostics);
        return SemanticModel.Of(tree);
    }

    private void CheckReference(Match mark, Dictionary<string, Symbol> declared)
    {
        var identifier = IdentifierAt(mark);
        var reference = Model.ReferenceOf(identifier);
        Assert.True(reference.Exists, $"{mark.Value} is no reference");
        var label = mark.Groups["label"].Value;
        if (label == "?")
        {
            Assert.True(Model.IsUnresolved(identifier), $"{mark.Value} refers to {reference.Symbol} at {DeclarationOf(reference.Symbol)}");
        }
        else
        {
            Assert.True(reference.Symbol == declared[label], $"{mark.Value} refers to {reference.Symbol} at {DeclarationOf(reference.Symbol)}");
            Assert.Contains(reference, reference.Symbol.References);
        }

        if (mark.Groups["flags"].Value is { Length: > 0 } words)
        {
            var flags = words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate(ReferenceFlags.None, (all, word) => all | FlagOf(word));
            Assert.True(reference.Flags == flags, $"{mark.Value} has the flags {reference.Flags}");
        }
    }

    private static string DeclarationOf(Symbol symbol) => symbol.Exists ? string.Join(", ", symbol.Declarations.Select(node => node.Span)) : "no place";

    private static ReferenceFlags FlagOf(string word) =>
        word switch
        {
            "read" => ReferenceFlags.Read,
            "write" => ReferenceFlags.Write,
            "typeof" => ReferenceFlags.Typeof,
            "type" => ReferenceFlags.Type,
            "namespace" => ReferenceFlags.Namespace,
            "export" => ReferenceFlags.Export,
            "early" => ReferenceFlags.BeforeDeclaration,
            _ => throw new ArgumentOutOfRangeException(nameof(word), word, "no flag is called so"),
        };

    // A shorthand property has two identifiers in one place; one of them means something.
    private Node IdentifierAt(Match mark)
    {
        var nodes = Enumerable.Range(1, Model.Tree.NodeCount).Select(Model.Tree.NodeAt);
        var identifier = nodes.FirstOrDefault(node =>
            node.Kind is NodeKind.Identifier or NodeKind.JSXIdentifier
            && node.Start == mark.Index
            && (Model.SymbolOf(node).Exists || Model.ReferenceOf(node).Exists)
        );
        Assert.True(identifier.Exists, $"{mark.Value} is no identifier that means something");
        return identifier;
    }

    [GeneratedRegex(
        @"[\w$]+/\*(?<refers>=)?(?<label>[\w?]+)(?<flags>[ a-z]*)\*/",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Marks();
}
