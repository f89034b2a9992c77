namespace Ecoscanner.Apps;

/// <summary>Who calls a URL of a Connect app, and therefore how it is probed.</summary>
public enum LinkKind
{
    /// <summary>Opened by a browser in an iframe with a signed URL, or fetched so by the product's servers (audience <see cref="LinkAudience.Product"/>): GET.</summary>
    Frame,

    /// <summary>Called by the product's servers: POST with a signed request.</summary>
    Webhook,

    /// <summary><c>installed</c> and <c>uninstalled</c>: POST signed by Atlassian's own key (RS256).</summary>
    Install,

    /// <summary><c>enabled</c>, <c>disabled</c> and <c>dare-migration</c>: POST signed with the tenant's secret.</summary>
    Lifecycle,

    /// <summary>Opened by a browser as a page of its own, or as a picture or document: needs no token.</summary>
    Static,
}

/// <summary>Who may see what a URL answers, as far as the descriptor tells.</summary>
public enum LinkAudience
{
    /// <summary>Users of the product.</summary>
    Users,

    /// <summary>Administrators of the product, the site, a project or a space only.</summary>
    Administrators,

    /// <summary>The product itself.</summary>
    Product,

    /// <summary>Anyone, as <c>cacheable</c> or a picture's URL says.</summary>
    Anyone,
}

/// <summary>One URL that a Connect descriptor names.</summary>
public sealed record ConnectLink
{
    /// <summary>The module's type, such as <c>generalPages</c>, or <c>lifecycle</c>.</summary>
    public required string Module { get; init; }

    /// <summary>The module's own key; the event's name for lifecycle and webhooks; empty where it has none.</summary>
    public required string ModuleKey { get; init; }

    /// <summary>JSON pointer (RFC 6901) of the URL in the descriptor.</summary>
    public required string Pointer { get; init; }

    /// <summary>As written in the descriptor, context variables unfilled.</summary>
    public required string Template { get; init; }

    /// <summary>Absolute, context variables filled; path and query as the descriptor spells them, so that their query string hash is the product's.</summary>
    public required Uri Url { get; init; }

    public required LinkKind Kind { get; init; }

    public required LinkAudience Audience { get; init; }

    /// <summary>Why the audience is what it is: "module adminPages", "condition user_is_admin"; empty for plain users.</summary>
    public string AudienceReason { get; init; } = "";

    /// <summary>True where the descriptor says that the URL is loaded without token and parameters.</summary>
    public bool Cacheable { get; init; }

    /// <summary>True where this <c>installed</c> callback's URL is that of <c>uninstalled</c> too: a fake install is undone there.</summary>
    public bool IsUninstallToo { get; init; }

    /// <summary>False where no table of modules names this URL and only its field's name tells it: believe the kind less.</summary>
    public bool Known { get; init; } = true;

    /// <summary>GET for what a browser opens, POST for what servers call.</summary>
    public string Method => Kind is LinkKind.Frame or LinkKind.Static ? "GET" : "POST";

    /// <summary>Method and URL, for people.</summary>
    public string Place => $"{Method} {Url.AbsoluteUri}";

    /// <summary>Module type and key, for people.</summary>
    public string Component => ModuleKey.Length == 0 ? Module : $"{Module}/{ModuleKey}";
}
