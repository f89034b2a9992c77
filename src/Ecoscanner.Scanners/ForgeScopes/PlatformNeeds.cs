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
        ("<UserGroup", IsOfUsers),
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
        && HasWord(record.Tree.Source.Content, word);

    // <UserAnswers> is no <User>; properties.onJira goes on with what it is of.
    private static bool HasWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.Ordinal))
        {
            var end = at + word.Length;
            if (end == text.Length || word.Contains('.', StringComparison.Ordinal) || !char.IsLetterOrDigit(text[end]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfUsers(ScopeName scope) => scope is { Product: not null, IsRead: true } && scope.Text.Contains("user", StringComparison.Ordinal);
}
