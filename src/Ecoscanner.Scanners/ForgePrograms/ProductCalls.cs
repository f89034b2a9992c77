using System.Collections.Immutable;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgePrograms;

/// <summary>Finds the calls of products' APIs in a program.</summary>
public sealed class ProductCalls
{
    private const string Get = "GET";
    private const string Post = "POST";

    // Objects that are made of others by spreading them; what nests deeper is taken not to be known.
    private const int MaximumSpreads = 8;

    private readonly ProgramValues program;
    private readonly bool impersonates;

    private ProductCalls(ProgramValues program)
    {
        this.program = program;
        impersonates = program.Calls.Calls.Any(call =>
            call.Kind == NodeKind.CallExpression
            && call.Arguments.Count > 0
            && program.Calls.TargetsOf(call).Any(target => ProductFunction.IsAsUserItself(target.Path))
        );
    }

    /// <summary>All of them, module by module in the order of the sources; pages and what no entry reaches included.</summary>
    public static ImmutableArray<ProductCall> Of(ForgeProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return program.CallsOfProducts;
    }

    internal static ImmutableArray<ProductCall> Find(ForgeProgram program)
    {
        var calls = new ProductCalls(program.Values);
        return
        [
            .. program
                .Graph.Modules.Select(module => module.Record?.Tree)
                .OfType<SyntaxTree>()
                .SelectMany(tree =>
                    Enumerable.Range(1, tree.NodeCount).Select(tree.NodeAt).Where(MayBeCall).OrderBy(node => node.Start).ThenBy(node => node.End)
                )
                .SelectMany(calls.At),
        ];
    }

    private static bool MayBeCall(Node node) =>
        node.Kind is NodeKind.CallExpression or NodeKind.NewExpression or NodeKind.TaggedTemplateExpression or NodeKind.JSXOpeningElement;

    private IEnumerable<ProductCall> At(Node call) =>
        program
            .Calls.TargetsOf(call)
            .Select(target => ProductFunction.Of(target.Path))
            .Concat(HandedOver(call))
            .OfType<ProductFunction>()
            .Distinct()
            .GroupBy(function => (function.Product, function.IsOfPage))
            .Select(group => Of(call, [.. group]));

    // What a function is handed that is not of the program, it may call.
    private IEnumerable<ProductFunction?> HandedOver(Node call) =>
        call.Kind == NodeKind.CallExpression && (!program.Calls.IsComplete(call) || program.Calls.TargetsOf(call).Any(target => target.Path is not null))
            ? call
                .Arguments.Select(argument => argument.WithoutAssertions)
                .Where(argument => argument.Kind is NodeKind.Identifier or NodeKind.MemberExpression)
                .SelectMany(argument => program.Of(argument))
                .Select(value => ProductFunction.Of(value.Path))
            : [];

    private ProductCall Of(Node call, IReadOnlyList<ProductFunction> functions)
    {
        var found = new ProductCall
        {
            Call = call,
            Product = functions[0].Product,
            IsOfPage = functions[0].IsOfPage,
            Accounts = functions.Select(function => AccountsOf(call, function)).Aggregate((all, next) => all | next),
        };
        // Handed to something else, which calls it with what it wants.
        var isDirect =
            call.Kind == NodeKind.CallExpression
            && program.Of(call.Callee.WithoutAssertions).Any(value => ProductFunction.Of(value.Path) is not null)
            && call.Arguments.All(argument => argument.Kind != NodeKind.SpreadElement);
        if (functions[0].Method is not null)
        {
            return found with
            {
                Methods = [Post],
                Routes = [.. functions.Select(function => new ProductRoute([function.Method!], [], IsWhole: true)).Distinct()],
            };
        }

        var route = isDirect && call.Arguments.Count > 0 ? call.Arguments[0].WithoutAssertions : default;
        return functions[0].IsGraph ? found with { Methods = [Post], Route = route }
            : isDirect ? found with { Route = route, Routes = RoutesOf(route), Methods = MethodsOf(call.Arguments.Skip(1).FirstOrDefault()) }
            : found;
    }

    // Whom asUser is asked for stands at its call; where that is not told, it may be any of them.
    private ProductAccounts AccountsOf(Node call, ProductFunction function)
    {
        if (!impersonates || !function.IsAsUser)
        {
            return function.Accounts;
        }

        var at = call.Kind == NodeKind.CallExpression ? call.Callee.WithoutAssertions : default;
        while (at.Kind is NodeKind.CallExpression or NodeKind.MemberExpression)
        {
            if (program.Calls.TargetsOf(at).Any(target => ProductFunction.IsAsUserItself(target.Path)))
            {
                return at.Arguments.Count > 0 ? ProductAccounts.Impersonated : ProductAccounts.User;
            }

            at = (at.Kind == NodeKind.CallExpression ? at.Callee : at.Object).WithoutAssertions;
        }

        return ProductAccounts.User | ProductAccounts.Impersonated;
    }

    private ImmutableArray<ProductRoute> RoutesOf(Node expression)
    {
        var values = program.Of(expression).Where(value => value.Kind is not (ValueKind.Undefined or ValueKind.Null or ValueKind.False)).ToList();
        var routes = values.Select(ProductRoute.Of).ToList();
        var known = routes.OfType<ProductRoute>().Distinct().ToImmutableArray();
        return known.IsEmpty || !routes.Contains(null) ? known : known.Add(ProductRoute.Anything);
    }

    private ImmutableArray<string> MethodsOf(Node options)
    {
        var methods = new HashSet<string>(StringComparer.Ordinal);
        if (!options.Exists)
        {
            return [Get];
        }

        if (MayBeMissing(options.WithoutAssertions))
        {
            methods.Add(Get);
        }

        var seen = new HashSet<Value>();
        foreach (var value in program.Of(options.WithoutAssertions))
        {
            if (!AddMethods(value, methods, seen, MaximumSpreads))
            {
                return [];
            }
        }

        return methods.Count == 0 ? [] : [.. methods.Order(StringComparer.Ordinal)];
    }

    private bool AddMethods(Value options, HashSet<string> methods, HashSet<Value> seen, int depth)
    {
        if (!seen.Add(options))
        {
            return true;
        }

        if (options.Kind is ValueKind.Undefined or ValueKind.Null or ValueKind.False)
        {
            methods.Add(Get);
            return true;
        }

        if (options.Kind is not ValueKind.Object || options.Node.Kind != NodeKind.ObjectExpression)
        {
            return false;
        }

        var (isSet, mayHaveMore) = (false, false);
        foreach (var property in options.Node.Properties.Reverse())
        {
            if (property.Kind == NodeKind.SpreadElement)
            {
                // Of `...(body && { … })` what is left of it spreads nothing.
                var spreads = property.Argument.WithoutAssertions;
                mayHaveMore = true;
                spreads = spreads is { Kind: NodeKind.LogicalExpression, Operator: TokenKind.AmpersandAmpersand } ? spreads.Right.WithoutAssertions : spreads;
                foreach (var spread in program.Of(spreads))
                {
                    if (depth == 0 || (spread.Kind is not (ValueKind.True or ValueKind.String) && !AddMethods(spread, methods, seen, depth - 1)))
                    {
                        return false;
                    }
                }
            }
            else if (NameOf(property) is not { } name)
            {
                return false;
            }
            else if (name == "method")
            {
                isSet = !MayBeMissing(property.Value.WithoutAssertions);
                // What is spread before it is written over, and is a member all the same.
                mayHaveMore |= options.Node.Properties.Any(other => other.Kind == NodeKind.SpreadElement);
                if (mayHaveMore && program.Of(property.Value.WithoutAssertions).Any(value => value.Text is null))
                {
                    return false;
                }

                break;
            }
        }

        var written = options.Member("method");
        if (!isSet || written.Any(value => value.Kind is ValueKind.Undefined or ValueKind.Null))
        {
            methods.Add(Get);
        }

        foreach (var value in written.Where(value => value.Kind is not (ValueKind.Undefined or ValueKind.Null)))
        {
            if (value.Text is { } text)
            {
                methods.Add(text.ToUpperInvariant());
            }
            else if (!mayHaveMore)
            {
                return false;
            }
        }

        return true;
    }

    // What a caller leaves out, or an object does not have, is no value.
    private bool MayBeMissing(Node expression) =>
        expression.Kind == NodeKind.MemberExpression
        || (
            expression.Kind == NodeKind.Identifier
            && program.Graph.ModuleOf(expression.Tree)?.Record?.Model.SymbolOf(expression) is { Exists: true } symbol
            && symbol.Kinds.HasFlag(SymbolKinds.Parameter)
            && symbol.Declarations.Any(declaration => declaration.Tree.ParentOf(declaration).Kind != NodeKind.AssignmentPattern)
        );

    private static string? NameOf(Node property) =>
        property.Has(NodeFlags.Computed) ? null
        : property.Key.Kind == NodeKind.Identifier ? property.Key.Name
        : property.Key.StringValue;
}
