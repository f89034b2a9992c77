using System.Text.Json;
using Ecoscanner.Apps.Forge;

namespace Ecoscanner.Cli.Manifests;

/// <summary>What was read from a Forge manifest, as data.</summary>
internal static class ForgeManifestJson
{
    public static void Write(ForgeManifest manifest, string path, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("path", path);
            json.WriteString("moduleTable", ForgeModuleTable.Version);
            json.WriteString("id", manifest.App.Id?.Value);
            json.WriteString("runtime", manifest.App.Runtime?.Value);
            json.WriteString("sourceFolder", manifest.App.SourceFolder);
            json.WriteBoolean("isPartial", manifest.IsPartial);
            Array(json, "modules", manifest.Modules, Module);
            Array(json, "entryPoints", manifest.EntryPoints, EntryPoint);
            Array(json, "scopes", manifest.Permissions.Scopes, Scope);
            Array(json, "egress", manifest.Permissions.Egress, Egress);
            Array(json, "contentScripts", manifest.Permissions.ContentScripts, Text);
            Array(json, "contentStyles", manifest.Permissions.ContentStyles, Text);
            Array(json, "remotes", manifest.Remotes, Remote);
            Array(json, "resources", manifest.Resources, Resource);
            Array(json, "connectModules", manifest.ConnectModules, Connect);
            Array(json, "variables", manifest.Variables, Variable);
            Array(json, "unknownKeys", manifest.UnknownKeys, UnknownKey);
            Array(json, "problems", manifest.Problems, Problem);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void Module(Utf8JsonWriter json, ForgeModule module)
    {
        json.WriteString("type", module.Type);
        json.WriteString("key", module.Key?.Value);
        json.WriteBoolean("isKnown", module.Known is not null);
        json.WriteString("interface", Word(module.Interface));
        json.WriteBoolean("hasConditions", module.DisplayConditions is not null);
        Strings(json, "unlicensedAccess", module.UnlicensedAccess.Select(access => access.Value));
        Place(json, module.Place);
    }

    private static void EntryPoint(Utf8JsonWriter json, ForgeEntryPoint entry)
    {
        json.WriteString("kind", Word(entry.Kind));
        json.WriteString("key", entry.Key);
        json.WriteBoolean("isDefined", entry.IsDefined);
        Strings(json, "callers", entry.Callers.Words());
        json.WriteString("user", Word(entry.User));
        json.WriteString("confidence", Word(entry.Confidence));
        Place(json, entry.Place);
        if (entry.Function?.Handler is { } handler)
        {
            json.WriteString("handler", handler.Text.Value);
            json.WriteString("export", handler.Export);
            json.WriteString("refusal", handler.Refusal);
            Strings(json, "files", handler.Candidates.Where(file => file.IsForges).Select(file => file.Path));
        }

        if (entry.Endpoint is { } endpoint)
        {
            json.WriteString("service", endpoint.Service?.Value);
            json.WriteString("route", endpoint.Route?.Value);
        }

        if ((entry.Remote?.Key ?? entry.Endpoint?.Remote) is { } remote)
        {
            json.WriteString("remote", remote.Value);
        }

        Array(json, "uses", entry.Uses, Use);
    }

    private static void Use(Utf8JsonWriter json, ForgeUse use)
    {
        json.WriteString("module", use.ModuleType);
        json.WriteString("moduleKey", use.ModuleKey);
        json.WriteString("property", use.Path);
        json.WriteString("role", Word(use.Role));
        Strings(json, "callers", use.Callers.Words());
        json.WriteString("user", Word(use.User));
        json.WriteString("confidence", Word(use.Confidence));
        json.WriteString("authentication", use.Authentication);
        json.WriteString("method", use.Method);
        Strings(json, "through", use.Through);
        json.WriteBoolean("hasConditions", use.HasConditions);
        Place(json, use.Place);
    }

    private static void Scope(Utf8JsonWriter json, ForgeScope scope)
    {
        json.WriteString("name", scope.Name.Value);
        if (scope.AllowsImpersonation is { } allowed)
        {
            json.WriteBoolean("allowsImpersonation", allowed);
        }

        Place(json, scope.Name.Place);
    }

    private static void Egress(Utf8JsonWriter json, ForgeEgress egress)
    {
        json.WriteString("use", egress.Use);
        json.WriteString("address", egress.Address?.Value);
        json.WriteString("remote", egress.Remote?.Value);
        json.WriteString("category", egress.Category?.Value);
        json.WriteBoolean("isPlain", egress.IsPlain);
        Place(json, egress.Place);
    }

    private static void Remote(Utf8JsonWriter json, ForgeRemote remote)
    {
        json.WriteString("key", remote.Key?.Value);
        json.WriteStartObject("baseUrls");
        foreach (var url in remote.BaseUrls.DistinctBy(url => url.Name, StringComparer.Ordinal))
        {
            json.WriteString(url.Name, url.Text.Value);
        }

        json.WriteEndObject();
        Strings(json, "operations", remote.Operations.Select(operation => operation.Value));
        Strings(json, "variables", remote.BaseUrls.SelectMany(url => url.Text.Variables).Distinct(StringComparer.Ordinal));
        Place(json, remote.Place);
    }

    private static void Resource(Utf8JsonWriter json, ForgeResource resource)
    {
        json.WriteString("key", resource.Key?.Value);
        json.WriteString("folder", resource.Path?.Value);
        Place(json, resource.Place);
    }

    private static void Connect(Utf8JsonWriter json, ForgeConnectModule module)
    {
        json.WriteString("type", module.Type);
        json.WriteString("key", module.Key?.Value);
        json.WriteString("remote", module.Remote?.Value);
        Place(json, module.Place);
    }

    private static void Variable(Utf8JsonWriter json, ForgeVariable variable)
    {
        json.WriteString("key", variable.Key);
        json.WriteString("default", variable.Default);
        Place(json, variable.Place);
    }

    private static void UnknownKey(Utf8JsonWriter json, ForgeUnknownKey key)
    {
        json.WriteString("key", key.Path);
        Place(json, key.Place);
    }

    private static void Problem(Utf8JsonWriter json, ManifestProblem problem)
    {
        json.WriteString("kind", Word(problem.Kind));
        json.WriteString("message", problem.Message);
        Place(json, problem.Place);
    }

    private static void Text(Utf8JsonWriter json, ForgeText text)
    {
        json.WriteString("value", text.Value);
        Place(json, text.Place);
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }

    private static void Place(Utf8JsonWriter json, ManifestPlace place)
    {
        json.WriteNumber("line", place.Line);
        json.WriteNumber("column", place.Column);
    }

    // As enums are written in the other formats: camelCase.
    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
