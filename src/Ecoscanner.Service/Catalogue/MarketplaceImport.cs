using System.Text.Json;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Catalogue;

/// <summary>Brings all apps of the Marketplace into the catalogue: each belongs to the vendor that the Marketplace names, on the operator's word.</summary>
public sealed class MarketplaceImport(Database database, MarketplaceClient client, Principal principal, AppNoticed onApp)
{
    /// <summary>Reads the list of a hosting, <c>cloud</c> or <c>datacenter</c>, to its end; how many apps were new.</summary>
    /// <exception cref="MarketplaceException">It did not answer; what was read before stays.</exception>
    public async Task<int> ReadAsync(string hosting, CancellationToken cancellationToken)
    {
        var list = client.Api.Apps ?? throw new MarketplaceException("version 3 of the Marketplace's API lists no apps; use version 2, or import a file");
        var url = client.Path(list(hosting));
        var added = 0;
        for (var page = 0; page < MarketplaceClient.MaximumPages; page++)
        {
            var answer = await client.ReadAsync(url, null, cancellationToken);
            using var document = answer!.Document;
            added += database.Write(session => MarketplaceApi.Items(document.RootElement.At("_embedded"), "addons").Sum(item => Take(session, item, hosting)));
            if (client.Api.NextPage(document.RootElement, "") is not { } next)
            {
                return added;
            }

            url = client.Link(next);
        }

        throw new MarketplaceException($"the Marketplace's list of apps goes on after {MarketplaceClient.MaximumPages} pages; the rest was not read");
    }

    private int Take(Session session, JsonElement item, string hosting)
    {
        var vendor = item.At("_embedded")?.At("vendor");
        var vendorId = vendor?.At("_links")?.At("self") is { } self ? MarketplaceApi.Text(self, "href")?.Split('/')[^1] : null;
        if (MarketplaceApi.Text(item, "key") is not { } key || MarketplaceApi.Text(item, "name") is not { } name || vendorId is null)
        {
            return 0;
        }

        try
        {
            var partner = Partners.Add(session, principal, $"vendor-{vendorId}", MarketplaceApi.Text(vendor!.Value, "name") ?? vendorId)!;
            var app = AppList.Grant(session, principal, partner.Id, key, name)!;
            var version = item.At("_embedded")?.At("version");
            var kind =
                hosting == "datacenter" ? "datacenter"
                : version?.At("deployment")?.At("connect") is { ValueKind: JsonValueKind.True } ? "connect"
                : "forge";
            var isNew = AppList.Hosting(session, app.Id, kind) is null;
            var descriptor = version?.At("_embedded")?.At("artifact")?.At("_links")?.At("remote") is { } remote ? MarketplaceApi.Text(remote, "href") : null;
            var row = AppList.AddHosting(session, app.Id, kind, kind == "connect" ? descriptor : null);
            if (isNew)
            {
                onApp(session, app, row);
            }

            return isNew ? 1 : 0;
        }
        catch (CatalogueException)
        {
            // One that cannot be kept, or is another's already, hides no other.
            return 0;
        }
    }
}
