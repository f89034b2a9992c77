using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Ecoscanner.Findings;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>
/// A function of Forge may run again in the same process for another tenant, and finds module variables as it left them. So what it keeps there of one call must not be
/// read by the next, unless under a key that tells tenants apart.
/// </summary>
internal static partial class SharedDataCheck
{
    // Helpers of helpers that hand a key on; longer ways tell nothing of it.
    private const int MaximumDepth = 6;

    private static readonly string[] Additions = ["push", "unshift", "add", "set"];

    public static readonly TaintCheck Check = new(ForgeCodeScanner.SharedData)
    {
        Sinks = code => Writings(code).Select(writing => new CodeSink(writing.Place, writing.Value, writing.Kept.Name)),
        Sources = Sources,
        IsHarmless = (_, place, _) => place.Kind is NodeKind.CallExpression && CodePlaces.CalleeName(place) is "compile",
        IsMeant = (code, finding) => !Writings(code).Any(writing => writing.Value == finding.Call && IsReadLater(code, writing)),
        Confidence = Confidence.Medium,
        What = "data of one tenant",
        Verb = "stays for the next call in",
        Expected = "a variable of the function, an argument, or a cache under a key with the tenant in it: cache.get(context.cloudId)",
        None = "the code keeps nothing in variables of modules, or only under a key of the tenant",
    };

    private static ImmutableArray<TaintSource> Sources(AppCode code) =>
        [.. code.Input.Sources, .. code.Input.Contexts, .. code.CalledPaths.Where(path => TenantData().IsMatch(path)).Select(path => new TaintSource(path))];

    /// <summary>What functions write to variables of their module.</summary>
    private static IEnumerable<SharedWriting> Writings(AppCode code)
    {
        foreach (var assignment in code.Places.Assignments.Where(node => code.SideOf(node).HasFlag(CodeSide.Backend)))
        {
            var target = CodePlaces.Plain(assignment.Left);
            var (owner, key) = target.Kind == NodeKind.MemberExpression ? (CodePlaces.Plain(target.Object), target) : (target, default);
            if (KeptPlace.Field(code, target) is { } field)
            {
                yield return new(field, assignment, assignment.Right, IsReplacing: assignment.Operator is TokenKind.Equals);
            }
            else if (KeptPlace.Of(code, owner) is { } kept && IsInFunction(code, assignment) && !(key.Exists && IsOfTenant(code, Key(key))))
            {
                yield return new(kept, assignment, assignment.Right, IsReplacing: !key.Exists && assignment.Operator is TokenKind.Equals);
            }
        }

        foreach (var call in code.Places.Calls.Where(node => node.Arguments.Count > 0 && code.SideOf(node).HasFlag(CodeSide.Backend)))
        {
            var name = CodePlaces.CalleeName(call);
            if (
                Additions.Contains(name, StringComparer.Ordinal)
                && CodePlaces.ReceiverOf(call) is { Exists: true } receiver
                && KeptPlace.Of(code, receiver) is { } kept
                && IsOwn(code, receiver)
                && IsInFunction(code, call)
                && !(name == "set" && IsOfTenant(code, call.Arguments[0]))
            )
            {
                yield return new(kept, call, call.Arguments[^1], IsReplacing: false);
            }
        }
    }

    private static Node Key(Node member) => member.Has(NodeFlags.Computed) ? member.Property : default;

    // A list, map or set of the app, and not the storage of Forge.
    private static bool IsOwn(AppCode code, Node node) =>
        code.Program.Values.Of(node) is { Count: > 0 } values && values.All(value => value.Kind is JavaScript.Values.ValueKind.Object);

    private static bool IsInFunction(AppCode code, Node node) => code.FunctionOf(node).Kind != NodeKind.Program;

    // The key tells tenants or users apart: by its name, by those of what it is made of, or by what all callers of the function hand over as it.
    private static bool IsOfTenant(AppCode code, Node key, int depth = MaximumDepth)
    {
        if (!key.Exists || depth == 0)
        {
            return false;
        }

        if (Tenants().IsMatch(key.Text.ToString()))
        {
            return true;
        }

        if (
            CodePlaces.Plain(key) is not { Kind: NodeKind.Identifier } name
            || code.Program.Graph.ModuleOf(name.Tree)?.Record?.Model.SymbolOf(name) is not { Exists: true, Declarations: [var declaration] }
        )
        {
            return false;
        }

        if (declaration.Tree.ParentOf(declaration) is { Kind: NodeKind.VariableDeclarator } declarator)
        {
            return declarator.Init.Exists && IsOfTenant(code, declarator.Init, depth - 1);
        }

        var given = code.ArgumentsFor(declaration);
        return given.Count > 0 && given.All(argument => IsOfTenant(code, argument, depth - 1));
    }

    private static bool IsReadLater(AppCode code, SharedWriting writing)
    {
        var reads = new EarlyReads(code, writing.Kept, writing.IsReplacing);
        return code.Program.Entries.SelectMany(entry => entry.Functions).Distinct().Any(reads.ReadsFirst);
    }

    [GeneratedRegex(
        """^require\("@forge/(api|kvs|storage|sql)"\).*\.(request(Jira|Confluence|Bitbucket|Graph)|get|getSecret|getMany|getOne|execute)$""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex TenantData();

    [GeneratedRegex(
        "cloud_?Id|install|tenant|site_?Id|account_?Id|workspace_?Id|org_?Id|ari\\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Tenants();
}

/// <summary>Something that is kept from one call to the next.</summary>
/// <param name="Place">The assignment or call.</param>
/// <param name="IsReplacing">Whether nothing is left of what was kept before.</param>
internal sealed record SharedWriting(KeptPlace Kept, Node Place, Node Value, bool IsReplacing);
