using Ecoscanner.JavaScript.Values;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>What calls of products' APIs do.</summary>
internal static class ProductEffects
{
    // Operations that read and are no GET, since they are asked with a body.
    private static readonly string[] ReadingPosts =
    [
        "search",
        "jql",
        "search/jql",
        "search/approximate-count",
        "permissions/check",
        "permission/check",
        "permissions/project",
        "expression/eval",
        "expression/evaluate",
        "issue/bulkfetch",
        "changelog/bulkfetch",
        "jql/parse",
        "jql/match",
        "worklog/list",
        "comment/list",
        "issue/picker",
        "users-bulk",
        "convert-ids-to-types",
    ];

    // What every user of the site may know.
    private static readonly string[] Trivial =
    [
        "serverInfo",
        "myself",
        "mypermissions",
        "permissions",
        "configuration",
        "field",
        "priority",
        "priority/search",
        "resolution",
        "resolution/search",
        "status",
        "statuscategory",
        "issuetype",
        "issueLinkType",
        "announcementBanner",
        "avatar/*/system",
        "settings/columns",
        "systemInfo",
        "user/current",
        "instance/license",
        "settings/systemInfo",
        "settings/lookandfeel",
    ];

    public static ForgeEffect Of(ProgramValues values, ProductCall call)
    {
        var isRead = IsRead(values, call);
        var hasHoles =
            call.Routes.Any(route => route.Segments.Any(IsHole) || !route.IsWhole) || (isRead && call.Routes.Any(route => route.Parameters.Length > 0));
        var body = call.Call.Arguments.Skip(1).FirstOrDefault();
        return new()
        {
            Call = call.Call,
            Kind = isRead ? ForgeEffectKind.ProductRead : ForgeEffectKind.ProductWrite,
            Role = RoleOf(call),
            Product = call,
            // Where the route is one for all, the body says what is meant.
            Subjects = [.. (call.Route.Exists ? Parts.OfRoute(values, call.Route) : []).Concat(hasHoles || !body.Exists ? [] : Parts.Of(values, body))],
            Written = isRead ? default : body,
        };
    }

    /// <summary>Whether it is about what the app keeps in its own store at the product.</summary>
    public static bool IsOfApp(ProductCall call) =>
        call.Routes.Length > 0
        && call.Routes.All(route =>
            string.Join('/', route.Segments) is var path
            && (path.Contains("app/properties", StringComparison.Ordinal) || path.Contains("/addons/", StringComparison.Ordinal))
        );

    /// <summary>Whether what it reads is no secret from anybody who can log in.</summary>
    public static bool IsTrivial(ProductCall call) => call.Routes.Length > 0 && call.Routes.All(route => route.IsWhole && Ends(route, Trivial));

    /// <summary>Whether it asks what somebody may do.</summary>
    public static bool AsksPermission(ProductCall call) =>
        call.Routes.Length > 0
        && call.Routes.All(route => route.Segments.Any(segment => segment is "permissions" or "mypermissions" or "permission" or "operations"));

    /// <summary>Whether it is about properties, which the app itself keeps at somebody's thing.</summary>
    public static bool IsOfProperties(ProductCall call) =>
        call.Routes.Length > 0 && call.Routes.All(route => route.Segments.Any(static segment => segment is "properties" or "property"));

    /// <summary>Whether it asks for who the user is.</summary>
    public static bool IsMyself(ProductCall call) => call.Routes.Length > 0 && call.Routes.All(route => Ends(route, ["myself", "user/current"]));

    private static bool IsRead(ProgramValues values, ProductCall call)
    {
        if (call.Product is ForgeProduct.Graph or ForgeProduct.TeamworkGraph)
        {
            var texts = call.Route.Exists ? values.Of(call.Route).Select(value => value.Pieces is [var first, ..] ? first.TrimStart() : null).ToList() : [];
            return texts.Count > 0 && texts.TrueForAll(text => text is not null && !text.StartsWith("mutation", StringComparison.Ordinal));
        }

        if (call.Product == ForgeProduct.Compass)
        {
            return call.Routes.All(route =>
                route.Segments is [var name] && (name.StartsWith("get", StringComparison.Ordinal) || name.StartsWith("search", StringComparison.Ordinal))
            );
        }

        return call.Methods.Length > 0
            && call.Methods.All(method =>
                method is "GET" or "HEAD" || (method == "POST" && call.Routes.Length > 0 && call.Routes.All(route => Ends(route, ReadingPosts)))
            );
    }

    private static bool Ends(ProductRoute route, IEnumerable<string> ends)
    {
        var path = string.Join('/', route.Segments);
        return ends.Any(end => path.EndsWith(end, StringComparison.Ordinal) && (path.Length == end.Length || path[^(end.Length + 1)] == '/'));
    }

    private static string RoleOf(ProductCall call)
    {
        var methods = call.Methods.IsEmpty ? "*" : string.Join('|', call.Methods);
        var routes = call.Routes.IsEmpty
            ? call.Product.ToString()
            : string.Join(" | ", call.Routes.Select(route => route.ToString()).Order(StringComparer.Ordinal).Take(3));
        return $"{methods} {routes}";
    }

    private static bool IsHole(string segment) => segment.Contains('*', StringComparison.Ordinal);
}
