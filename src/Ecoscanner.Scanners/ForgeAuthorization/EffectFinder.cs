using System.Collections.Immutable;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>Finds what a program does with the app's rights.</summary>
internal static class EffectFinder
{
    // Calls in a chain: `sql.prepare(…).bindParams(…).execute()`.
    private const int MaximumChain = 16;

    public static IEnumerable<ForgeEffect> Of(ForgeProgram program, ImmutableArray<ProductCall> calls)
    {
        var products = calls
            .Where(call => call.Accounts.HasFlag(ProductAccounts.App) && !call.IsOfPage)
            .Select(call => ProductEffects.Of(program.Values, call));
        var others = program
            .Values.Calls.Calls.Where(call => call.Exists && call.Kind == NodeKind.CallExpression)
            .Select(call =>
                program
                    .Values.Calls.TargetsOf(call)
                    .Select(target => target.Path)
                    .OfType<string>()
                    .Select(path => Of(program.Values, call, path))
                    .FirstOrDefault(effect => effect is not null)
            )
            .OfType<ForgeEffect>();
        return products.Concat(others);
    }

    private static ForgeEffect? Of(ProgramValues values, Node call, string path)
    {
        var (package, steps) = PathSteps.Of(path);
        return package switch
        {
            "@forge/api" when steps is ["storage", ..] => Storage(values, call, "storage", steps[1..]),
            "@forge/storage" or "@forge/kvs" => Storage(values, call, "kvs", steps is ["kvs" or "storage", ..] ? steps[1..] : steps),
            "@forge/sql" => Sql(values, call, steps is ["sql", ..] ? steps[1..] : steps),
            "@forge/events" when steps is ["Queue", "new()", "push"] => Effect(values, call, ForgeEffectKind.QueuePush, "queue.push", Argument(call, 0)),
            "@forge/api" when steps is ["fetch"] => Effect(values, call, ForgeEffectKind.Egress, "fetch", Argument(call, 0), Argument(call, 1)),
            null when path == "fetch" => Effect(values, call, ForgeEffectKind.Egress, "fetch", Argument(call, 0), Argument(call, 1)),
            "axios" or "node-fetch" or "got" or "undici" when steps is [] or ["request" or "get" or "post" or "put" or "patch" or "delete"] => Effect(
                values,
                call,
                ForgeEffectKind.Egress,
                package,
                [.. call.Arguments]
            ),
            _ => null,
        };
    }

    private static ForgeEffect? Storage(ProgramValues values, Node call, string client, string[] steps)
    {
        if (steps.Length == 0)
        {
            return null;
        }

        var role = $"{client}.{string.Join('.', steps)}";
        var isForAll = Argument(call, 0) is not { Exists: true } key || values.Of(key) is { Count: > 0 } names && names.All(name => name.Text is not null);
        return Storage(values, call, role, steps[^1]) is { } effect ? effect with { IsForAll = isForAll } : null;
    }

    private static ForgeEffect? Storage(ProgramValues values, Node call, string role, string operation) =>
        operation switch
        {
            "get" => Effect(values, call, ForgeEffectKind.DataRead, role, Argument(call, 0)),
            "getSecret" => Effect(values, call, ForgeEffectKind.SecretRead, role, Argument(call, 0)),
            "getMany" or "getOne" or "getResults" => Effect(values, call, ForgeEffectKind.DataRead, role, ChainOf(call)),
            "set" or "setSecret" => Effect(values, call, ForgeEffectKind.DataWrite, role, Argument(call, 0)) with { Written = Argument(call, 1) },
            "batchSet" => Effect(values, call, ForgeEffectKind.DataWrite, role, Argument(call, 0)) with { Written = Argument(call, 0) },
            "delete" or "deleteSecret" or "batchDelete" => Effect(values, call, ForgeEffectKind.DataDelete, role, Argument(call, 0)),
            _ => null,
        };

    private static ForgeEffect? Sql(ProgramValues values, Node call, string[] steps)
    {
        if (steps is not ["prepare()", .., "execute"] and not ["executeRaw" or "executeDDL"])
        {
            return null;
        }

        var query = steps.Length > 1 ? QueryOf(values, call) : Argument(call, 0);
        var verb = VerbOf(values, query);
        var kind = verb switch
        {
            "SELECT" or "WITH" or "SHOW" => ForgeEffectKind.DataRead,
            "DELETE" or "DROP" or "TRUNCATE" => ForgeEffectKind.DataDelete,
            "" => ForgeEffectKind.DataRead,
            _ => ForgeEffectKind.DataWrite,
        };
        Node[] told = steps.Length > 1 ? [.. ParametersOf(call)] : [.. call.Arguments];
        // Parameters before WHERE are what is written.
        var written = query.Exists && steps.Length > 1 ? SqlText.ParametersBeforeWhere(values.Of(query)) : 0;
        var subjects = told.Length > written ? told.Skip(written) : told;
        return Effect(values, call, kind, verb.Length == 0 ? "sql" : $"sql {verb}", [.. verb == "INSERT" ? [] : subjects]) with
        {
            Written = kind == ForgeEffectKind.DataWrite ? told.FirstOrDefault() : default,
            IsForAll = verb != "INSERT",
        };
    }

    private static IEnumerable<Node> ParametersOf(Node call)
    {
        var chain = ChainOf(call);
        return
            chain.Kind == NodeKind.CallExpression
            && chain.Callee.WithoutAssertions is { Kind: NodeKind.MemberExpression } member
            && member.Property.Name == "bindParams"
            ? chain.Arguments.Select(argument => argument.Kind == NodeKind.SpreadElement ? argument.Argument : argument)
            : [chain];
    }

    // `const statement = sql.prepare(…); await statement.bindParams(…).execute()`: by what the statement is.
    private static Node QueryOf(ProgramValues values, Node call)
    {
        var node = ChainOf(call);
        for (var left = MaximumChain; left > 0 && node.Exists; left--)
        {
            if (
                node.Kind == NodeKind.CallExpression
                && values.Calls.TargetsOf(node).Any(target => target.Path?.EndsWith(".prepare", StringComparison.Ordinal) == true)
            )
            {
                return Argument(node, 0);
            }

            node = node.Kind switch
            {
                NodeKind.CallExpression => node.Callee.WithoutAssertions,
                NodeKind.MemberExpression => node.Object.WithoutAssertions,
                NodeKind.AwaitExpression => node.Argument.WithoutAssertions,
                _ => default,
            };
        }

        return default;
    }

    private static string VerbOf(ProgramValues values, Node query)
    {
        var text = query.Exists
            ? values.Of(query).Select(value => value.Pieces is [var first, ..] ? first : null).FirstOrDefault(text => text is not null)
            : null;
        var verb = text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        return verb.Length <= 10 && verb.All(char.IsAsciiLetter) ? verb.ToUpperInvariant() : "";
    }

    private static ForgeEffect Effect(ProgramValues values, Node call, ForgeEffectKind kind, string role, params Node[] subjects) =>
        new()
        {
            Call = call,
            Kind = kind,
            Role = role,
            Subjects = [.. subjects.Where(subject => subject.Exists).SelectMany(subject => Parts.Of(values, subject))],
        };

    private static Node Argument(Node call, int at) => at < call.Arguments.Count ? call.Arguments[at] : default;

    // All that was said before the last call of a chain.
    private static Node ChainOf(Node call) => call.Callee.WithoutAssertions is { Kind: NodeKind.MemberExpression } member ? member.Object : default;
}
