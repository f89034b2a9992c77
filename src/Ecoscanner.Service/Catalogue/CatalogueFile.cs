using System.Text.Json;
using System.Text.Json.Serialization;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Catalogue;

/// <summary>A file of partners and apps that an operator brings into the catalogue; reading it again changes nothing.</summary>
public sealed partial class CatalogueFile
{
    // Fifty thousand apps take less than 20 MB.
    private const int MaximumBytes = 64 * 1024 * 1024;
    private const int MaximumApps = 200_000;

    // What a file leaves out, the reader of JSON sets to null.
    public IReadOnlyList<FilePartner> Partners
    {
        get => field ?? [];
        init;
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="CatalogueException">It is none, or too large.</exception>
    public static CatalogueFile Read(Stream stream)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int count; (count = stream.Read(buffer)) > 0; )
        {
            copy.Write(buffer, 0, count);
            if (copy.Length > MaximumBytes)
            {
                throw new CatalogueException($"the file is larger than {MaximumBytes / (1024 * 1024)} MB; split it");
            }
        }

        try
        {
            var file = JsonSerializer.Deserialize(copy.GetBuffer().AsSpan(0, (int)copy.Length), FileJson.Default.CatalogueFile);
            return file is not null && file.Partners.Sum(partner => partner.Apps.Count) <= MaximumApps
                ? file
                : throw new CatalogueException($"the file names more than {MaximumApps} apps, or nothing; split it");
        }
        catch (JsonException e)
        {
            throw new CatalogueException($"the file is no catalogue: see line {e.LineNumber + 1}, {e.Path ?? "which is no JSON"}");
        }
    }

    /// <summary>Takes it in, in one transaction: all of it, or nothing; null where they may not.</summary>
    /// <exception cref="CatalogueException">Something in it cannot be kept.</exception>
    public int? Import(Session session, Principal principal, Contacts contacts, AppNoticed onApp)
    {
        if (!principal.MayEverywhere(Capability.ManageCatalogue))
        {
            return null;
        }

        var added = 0;
        foreach (var partner in Partners)
        {
            var row = Catalogue.Partners.Add(session, principal, partner.Key, partner.Name)!;
            foreach (var contact in partner.Contacts)
            {
                // One that is there already is no mistake of the file.
                if (contacts.Add(session, principal, row.Id, contact.Email, contact.Name) is { IsDone: false, Refusal: not Refusal.Conflict } refused)
                {
                    throw new CatalogueException($"{partner.Key}, {contact.Email}: {refused.Message}");
                }
            }

            foreach (var app in partner.Apps)
            {
                var appRow = AppList.Grant(session, principal, row.Id, app.Key, app.Name)!;
                foreach (var hosting in app.Hostings)
                {
                    var isNew = AppList.Hosting(session, appRow.Id, hosting.Hosting) is null;
                    var hostingRow = AppList.AddHosting(session, appRow.Id, hosting.Hosting, hosting.DescriptorUrl, hosting.MarketplaceId);
                    if (isNew)
                    {
                        onApp(session, appRow, hostingRow);
                        added++;
                    }
                }
            }
        }

        return added;
    }

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        MaxDepth = 8
    )]
    [JsonSerializable(typeof(CatalogueFile))]
    private sealed partial class FileJson : JsonSerializerContext;
}

public sealed record FilePartner(string Key, string Name)
{
    public IReadOnlyList<FileContact> Contacts
    {
        get => field ?? [];
        init;
    }
    public IReadOnlyList<FileApp> Apps
    {
        get => field ?? [];
        init;
    }
}

public sealed record FileContact(string Email, string Name);

public sealed record FileApp(string Key, string Name)
{
    public IReadOnlyList<FileHosting> Hostings
    {
        get => field ?? [];
        init;
    }
}

/// <param name="Hosting"><c>connect</c>, <c>forge</c> or <c>datacenter</c>.</param>
public sealed record FileHosting(string Hosting)
{
    public string? DescriptorUrl { get; init; }
    public string? MarketplaceId { get; init; }
}
