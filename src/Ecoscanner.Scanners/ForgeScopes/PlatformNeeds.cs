using Ecoscanner.JavaScript.Modules;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Scanners.ForgeScopes;

/// <summary>What Forge's own packages do with products on behalf of the code that uses them: hooks, components, checks of permissions.</summary>
internal static class PlatformNeeds
{
    private const string Packages = "@forge/";

    // A word in a file that asks for one of those packages, and the scopes that what it names may need.
    private static readonly (string Word, Func<ScopeName, bool> Covers)[] Words =
    [
        ("useIssueProperty", static scope => scope.Product is ForgeProduct.Jira),
        ("useContentProperty", static scope => scope.Product is ForgeProduct.Confluence),
        ("useSpaceProperty", static scope => scope.Product is ForgeProduct.Confluence),
        ("properties.onJira", static scope => scope.Product is ForgeProduct.Jira),
        ("properties.onConfluence", static scope => scope.Product is ForgeProduct.Confluence),
        ("store.onJira", static scope => scope.Product is ForgeProduct.Jira),
        ("store.onConfluence", static scope => scope.Product is ForgeProduct.Confluence),
        ("authorize", static scope => scope is { Product: not null, IsRead: true } && scope.Text.Contains("permission", StringComparison.Ordinal)),
        ("UserPicker", IsOfUsers),
        ("<User", IsOfUsers),
        ("fetchUserRecommendations", IsOfUsers),
        ("webTrigger", static scope => scope.Text == ScopeName.Storage),
    ];

    public static IEnumerable<OpenNeed> Of(ForgeProgram program) =>
        from word in Words
        let module = program.Graph.Modules.FirstOrDefault(module => Has(module, word.Word))
        where module is not null
        select new OpenNeed(word.Covers, $"{word.Word.TrimStart('<')} in {module.Path} may need it");

    private static bool Has(GraphModule module, string word) =>
        module.Record is { } record
        && record.Requests.Any(request => request.Specifier?.StartsWith(Packages, StringComparison.Ordinal) == true)
        && record.Tree.Source.Content.Contains(word, StringComparison.Ordinal);

    private static bool IsOfUsers(ScopeName scope) => scope is { Product: not null, IsRead: true } && scope.Text.Contains("user", StringComparison.Ordinal);
}
