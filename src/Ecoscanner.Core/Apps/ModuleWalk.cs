using System.Globalization;
using System.Text.Json;

namespace Ecoscanner.Apps;

/// <summary>Walks a descriptor's modules and finds every URL in them: by the table of modules, and by name where the table knows none.</summary>
internal sealed class ModuleWalk(ConnectLinks links, AdministratorLocations locations)
{
    // A key is printed with each of its module's links.
    private const int MaximumKeyLength = 200;

    private static readonly ConnectField Picture = new(LinkKind.Static, LinkAudience.Anyone);

    // A module that the table does not know may be newer than it, and then its flags mean what they mean elsewhere.
    private static readonly ConnectField ByName = new(LinkKind.Frame, LinkAudience.Users, MayBeCacheable: true);

    public void Read(string pointer, string name, JsonElement modules)
    {
        switch (modules.ValueKind)
        {
            case JsonValueKind.Object:
                ReadModule(pointer, name, modules);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var module in modules.EnumerateArray())
                {
                    var place = $"{pointer}/{(index++).ToString(CultureInfo.InvariantCulture)}";
                    if (module.ValueKind == JsonValueKind.Object)
                    {
                        ReadModule(place, name, module);
                    }
                    else
                    {
                        links.Problem(place, "a module must be an object, and this is none; correct or remove it");
                    }
                }

                break;
            default:
                links.Problem(pointer, "modules must be an object or a list of objects, and this is neither; correct or remove it");
                break;
        }
    }

    private void ReadModule(string pointer, string name, JsonElement module)
    {
        var type = ConnectModules.Find(name);
        var key = module.Text(name == "webhooks" ? "event" : "key") ?? "";
        var administrators =
            type is { AdministratorsOnly: true } ? $"module {name}"
            : name is "webItems" or "webPanels" && locations.Contain(module) ? $"location {Quoted.Bare(module.Text("location")!)}"
            : null;
        Walk(module, new Place(name, type, key.Length > MaximumKeyLength ? key[..MaximumKeyLength] : key, "", pointer, administrators, InPicture: false));
    }

    // The recursion ends at the depth that DescriptorDocument allows.
    private void Walk(JsonElement element, Place place)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in element.EnumerateArray())
            {
                Walk(item, place with { Pointer = $"{place.Pointer}/{(index++).ToString(CultureInfo.InvariantCulture)}" });
            }

            return;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (place.Type is null or { AcceptsConditions: true })
        {
            place = place with { Administrators = place.Administrators ?? ConnectConditions.AdministratorsOnly(element) };
        }

        foreach (var property in element.EnumerateObject())
        {
            switch (property.Value.ValueKind)
            {
                case JsonValueKind.String when IsUrl(property):
                    Add(element, property.Value.GetString()!, place.Enter(property.Name));
                    break;
                // Conditions and their parameters, and the parameters of web items, are the products' own.
                case JsonValueKind.Object or JsonValueKind.Array when property.Name is not ("conditions" or "params"):
                    Walk(property.Value, place.Enter(property.Name));
                    break;
            }
        }
    }

    private void Add(JsonElement owner, string template, Place place)
    {
        var field = place.Type?.Fields.GetValueOrDefault(place.Path);
        if (IsOfProduct(owner, field, place) && !DescriptorUrl.HasHost(template))
        {
            return;
        }

        var known = field is not null || (place.Type is not null && place.InPicture);
        field ??= place.InPicture ? Picture : ByName;
        var cacheable = field.MayBeCacheable && owner.TryGetProperty("cacheable", out var value) && value.ValueKind == JsonValueKind.True;
        var (audience, reason) =
            cacheable ? (LinkAudience.Anyone, "cacheable")
            : field.Audience == LinkAudience.Users && place.Administrators is { } administrators ? (LinkAudience.Administrators, administrators)
            : (field.Audience, "");
        links.Add(
            template,
            place.Pointer,
            url => new ConnectLink
            {
                Module = place.Module,
                ModuleKey = place.Key,
                Pointer = place.Pointer,
                Template = template,
                Url = url,
                Kind = field.Kind,
                Audience = audience,
                AudienceReason = reason,
                Cacheable = cacheable,
                Known = known,
            }
        );
    }

    // "context": "page" names another module by its key, "product" a path of Jira or Confluence.
    private static bool IsOfProduct(JsonElement owner, ConnectField? field, Place place) =>
        field is { OfProduct: true }
        || (
            place.Type is { HasUrlContext: true }
            && field is { Kind: LinkKind.Frame }
            && owner.Text("context") is { } context
            && (context.Equals("page", StringComparison.OrdinalIgnoreCase) || context.Equals("product", StringComparison.OrdinalIgnoreCase))
        );

    private static bool IsUrl(JsonProperty property) =>
        property.Name == "url"
        || property.Name.EndsWith("Url", StringComparison.Ordinal)
        || (property.Name.EndsWith("Path", StringComparison.Ordinal) && property.Value.GetString()!.StartsWith('/'));

    /// <summary>Where in a module the walk is.</summary>
    /// <param name="Path">Names of the properties below the module, with dots; lists are left out.</param>
    /// <param name="Administrators">Why only administrators see what is here; null where others do.</param>
    /// <param name="InPicture">Below an icon or the like, whose URL is always a picture or a document.</param>
    private readonly record struct Place(string Module, ConnectModule? Type, string Key, string Path, string Pointer, string? Administrators, bool InPicture)
    {
        public Place Enter(string name) =>
            this with
            {
                Path = Path.Length == 0 ? name : $"{Path}.{name}",
                Pointer = $"{Pointer}/{JsonPointer.Escape(name)}",
                InPicture = InPicture || IsPicture(name),
            };

        private static bool IsPicture(string name) =>
            name is "icon" or "icons" or "logo" or "documentation" or "iconUrl" or "logoUrl" or "thumbnailUrl" or "documentationUrl" or "homeUrl";
    }
}
