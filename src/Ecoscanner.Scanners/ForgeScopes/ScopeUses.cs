using System.Collections.Immutable;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Scanners.ForgeScopes;

/// <summary>What an app needs scopes for.</summary>
internal sealed class ScopeUses
{
    private readonly ILookup<string, ProductOperation> operations;
    private readonly ForgeProgram program;

    private ScopeUses(ForgeProgram program, ImmutableArray<ProductCallOperations> calls, ImmutableArray<OpenNeed> open)
    {
        this.program = program;
        Calls = calls;
        Open = open;
        operations = calls
            .SelectMany(call => call.Operations)
            .Distinct()
            .SelectMany(operation => operation.Alternatives.SelectMany(set => set).Distinct(StringComparer.Ordinal).Select(scope => (scope, operation)))
            .ToLookup(pair => pair.scope, pair => pair.operation, StringComparer.Ordinal);
    }

    public ImmutableArray<ProductCallOperations> Calls { get; }

    /// <summary>What may need more than <see cref="Calls"/> say.</summary>
    public ImmutableArray<OpenNeed> Open { get; }

    public static ScopeUses Of(ForgeProgram program, PageNeeds pages)
    {
        ImmutableArray<ProductCallOperations> calls = [.. ProductCalls.Of(program).Where(call => !IsReport(call)).Select(ProductOperations.Of)];
        return new(
            program,
            calls,
            [
                .. ManifestNeeds
                    .Of(program.Manifest)
                    .Concat(CodeNeeds.Of(program, calls))
                    .Concat(pages.Find())
                    .DistinctBy(need => need.Reason, StringComparer.Ordinal),
            ]
        );
    }

    /// <summary>The operations that some call may be, and that a scope is enough for, alone or with others.</summary>
    public IReadOnlyList<ProductOperation> OperationsWith(string scope) => [.. operations[scope]];

    /// <summary>Whether something is known to need a scope.</summary>
    public bool IsNeeded(ScopeName scope) =>
        scope.Text switch
        {
            ScopeName.Storage => StorageUse.IsIn(program),
            ScopeName.UserToken => Tokens.Any(tokens => tokens.AppUser == true),
            ScopeName.SystemToken => Tokens.Any(tokens => tokens.AppSystem == true),
            var name => operations.Contains(name) || ManifestNeeds.IsNeeded(program.Manifest, scope),
        };

    private IEnumerable<Apps.Forge.ForgeTokens> Tokens =>
        program.Manifest.Remotes.Select(remote => remote.Tokens).Concat(program.Manifest.Endpoints.Select(endpoint => endpoint.Tokens));

    // Which accounts' data the app keeps: a scope of its own is for that.
    private static bool IsReport(ProductCall call) => call.Product is ForgeProduct.Atlassian && call.Routes is [{ Segments: ["app", "report-accounts"] }];
}
