using System.Globalization;
using System.Text;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Reports.Sinks;

namespace Ecoscanner.Cli.Manifests;

/// <summary>What was read from a Forge manifest, for a person: who can call what, scopes, addresses, problems.</summary>
internal static class ForgeManifestText
{
    /// <summary>The whole, safe to be shown on a terminal.</summary>
    public static string Of(ForgeManifest manifest, string path)
    {
        var text = new StringBuilder();
        Head(text, manifest, path);
        Part(text, "entry points", manifest.EntryPoints.SelectMany(EntryPoint));
        Part(
            text,
            "scopes",
            manifest.Permissions.Scopes.Select(scope => $"{scope.Name.Place, -8}{scope.Name}{(scope.AllowsImpersonation == true ? ", may impersonate" : "")}")
        );
        Part(text, "addresses", manifest.Permissions.Egress.Select(Egress));
        Part(
            text,
            "page policy",
            manifest
                .Permissions.ContentScripts.Select(word => Policy("scripts", word))
                .Concat(manifest.Permissions.ContentStyles.Select(word => Policy("styles", word)))
        );
        Part(text, "remotes", manifest.Remotes.SelectMany(Remote));
        Part(text, "resources", manifest.Resources.Select(resource => $"{resource.Place, -8}{resource.Key} {resource.Path}"));
        Part(text, "Connect modules", manifest.ConnectModules.Select(module => $"{module.Place, -8}{module.Type} {module.Key}"));
        Part(text, "providers", manifest.Providers.Select(provider => $"{provider.Node.Place, -8}{provider.Key} {string.Join(" ", provider.Remotes)}"));
        Part(
            text,
            "variables",
            manifest.Variables.Select(variable => $"{variable.Place, -8}{variable.Key}{(variable.Default is null ? "" : " = " + variable.Default)}")
        );
        Part(text, "problems", manifest.Problems.Select(problem => $"{problem.Place, -8}{Kind(problem.Kind)}: {problem.Message}"));
        return text.ToString();
    }

    private static void Head(StringBuilder text, ForgeManifest manifest, string path)
    {
        Line(text, $"{path}: {manifest.App.Id?.Value ?? "no app id"}");
        Line(
            text,
            $"runtime {manifest.App.Runtime?.Value ?? "not named"}, {Count(manifest.Modules.Count, "module")}, {Count(manifest.Functions.Count, "function")}, {Count(manifest.Endpoints.Count, "endpoint")}"
        );
        if (manifest.App.Connect is { } connect)
        {
            Line(text, $"was the Connect app {connect.Key}, at the remote {connect.Remote?.Value ?? "that is not named"}");
        }
    }

    private static IEnumerable<string> EntryPoint(ForgeEntryPoint entry)
    {
        yield return $"{entry.Place, -8}{Kind(entry.Kind)} {entry.Key}{Target(entry)}";
        yield return $"        called by {entry.Callers.Sentence()}; a user {entry.User.ToString().ToLowerInvariant()}{(entry.Confidence is ForgeConfidence.Low ? "; assumed" : "")}";
        foreach (var use in entry.Uses)
        {
            yield return $"          {use.Place, -8}{$"{use.Module} {use.Path}".TrimEnd()}{Notes(use)}";
        }
    }

    private static string Target(ForgeEntryPoint entry) =>
        entry switch
        {
            { Function.Handler: { Refusal: null } handler } => $" -> {handler.Folder}/{handler.File} export {handler.Export}",
            { Endpoint: { } endpoint } => $" -> {endpoint.Remote?.Value ?? endpoint.Service?.Value}{endpoint.Route?.Value}",
            { Kind: ForgeReferenceKind.Remote, Remote: not null } => "",
            { IsDefined: false } => ", which is not defined",
            _ => ", whose code cannot be found",
        };

    private static string Notes(ForgeUse use)
    {
        var notes = new List<string>();
        if (use.Role is not ForgeRole.Handler)
        {
            notes.Add(
                use.Role is ForgeRole.Resolver
                    ? use.Method is null
                        ? "every key of a resolver"
                        : $"the resolver's key {use.Method}"
                    : "renders"
            );
        }

        if (use.Authentication is not null)
        {
            notes.Add($"authenticated by {use.Authentication}");
        }

        if (use.Through.Count > 0)
        {
            notes.Add($"through {string.Join(", ", use.Through)}");
        }

        if (use.HasConditions)
        {
            notes.Add("with display conditions, which authorise nothing");
        }

        if (use.Path.Length == 0)
        {
            notes.Add("if its page calls remotes");
        }

        return notes is [] ? "" : $" ({string.Join("; ", notes)})";
    }

    private static string Egress(ForgeEgress egress) =>
        $"{egress.Place, -8}{egress.Use} {egress.Address?.Value ?? $"the remote {egress.Remote?.Value}"}{(egress.Category is null ? "" : $", {egress.Category}")}{(egress.HoldsUserData == true ? ", with users' data" : "")}";

    private static string Policy(string use, ForgeText word) => $"{word.Place, -8}{use} {word}";

    private static IEnumerable<string> Remote(ForgeRemote remote) =>
        remote.BaseUrls.Select(url => $"{url.Text.Place, -8}{remote.Key} {(url.Name == "default" ? "" : url.Name + " ")}{url.Text}");

    private static string Kind(ForgeReferenceKind kind) => kind.ToString().ToLowerInvariant();

    private static string Kind(ManifestProblemKind kind) => kind is ManifestProblemKind.NotRead ? "not read" : kind.ToString().ToLowerInvariant();

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static void Part(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var first = true;
        foreach (var line in lines)
        {
            if (first)
            {
                text.Append('\n');
                Line(text, title);
                first = false;
            }

            Line(text, "  " + line);
        }
    }

    private static void Line(StringBuilder text, string line) => text.Append(ConsoleText.Of(line)).Append('\n');
}
