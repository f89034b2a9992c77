namespace Ecoscanner.Apps.Forge;

/// <summary>Who can call what a module names.</summary>
internal static class ModuleUses
{
    public static ForgeUse Of(ForgeModule module, ForgeReference reference)
    {
        var code = module.Known?.Code.GetValueOrDefault(reference.Path);
        // What nobody knows is taken to be callable by users.
        var (callers, user) =
            code is not null ? (code.Callers, code.User)
            : module.Known is { Callers: not ForgeCallers.None } known ? (known.Callers | ForgeCallers.LicensedUser, ForgeUserContext.Sometimes)
            : (ForgeCallers.LicensedUser, ForgeUserContext.Sometimes);
        var unlicensed = callers.HasFlag(ForgeCallers.LicensedUser) ? Unlicensed(module) : ForgeCallers.None;
        if (unlicensed.HasFlag(ForgeCallers.Anonymous) && user is ForgeUserContext.Always)
        {
            user = ForgeUserContext.Sometimes;
        }

        return Use(module, reference.Path, Role(module, reference), callers | unlicensed, user, reference.Key.Place) with
        {
            Confidence = code is not null || (module.Known is not null && reference.IsKnown) ? ForgeConfidence.High : ForgeConfidence.Low,
            Authentication = module.Type == "webtrigger" && module.Text("request.authentication") is { } authentication and not "none" ? authentication : null,
            Method = reference.Method?.Value,
        };
    }

    /// <summary>A page calls remotes through the bridge; which of them, only its code says.</summary>
    public static ForgeUse OfPage(ForgeModule page)
    {
        var callers = Viewers(page) & ~ForgeCallers.Platform;
        callers |= callers.HasFlag(ForgeCallers.LicensedUser) ? Unlicensed(page) : ForgeCallers.None;
        var user = callers.HasFlag(ForgeCallers.Anonymous) ? ForgeUserContext.Sometimes : ForgeUserContext.Always;
        return Use(page, "", ForgeRole.Handler, callers, user, page.Place) with { Confidence = ForgeConfidence.Low };
    }

    // A page for configuration has other users than the module.
    private static ForgeCallers Viewers(ForgeModule page)
    {
        var viewers = page.References.Aggregate(
            ForgeCallers.None,
            (callers, reference) =>
                reference.Kind is ForgeReferenceKind.Resource && page.Known?.Code.GetValueOrDefault(reference.Path) is { } code
                    ? callers | code.Callers
                    : callers
        );
        return viewers is not ForgeCallers.None ? viewers : page.Known?.Callers ?? ForgeCallers.LicensedUser;
    }

    public static ForgeUse OfProvider(ForgeAuthProvider provider, ForgeProviderAction action) =>
        new(
            "providers.auth",
            provider.Key?.Value,
            $"actions.{action.Name}.function",
            ForgeRole.Handler,
            ForgeCallers.Platform | ForgeCallers.LicensedUser,
            ForgeUserContext.Sometimes,
            ForgeConfidence.High,
            action.Function!.Place
        );

    public static ForgeUse OfConnect(ForgeConnectModule module, ForgeText remote) =>
        new(module.Type, module.Key?.Value, "remote", ForgeRole.Handler, ForgeCallers.Platform, ForgeUserContext.Never, ForgeConfidence.High, remote.Place);

    private static ForgeUse Use(ForgeModule module, string path, ForgeRole role, ForgeCallers callers, ForgeUserContext user, ManifestPlace place) =>
        new(module.Type, module.Key?.Value, path, role, callers, user, ForgeConfidence.High, place)
        {
            HasConditions = module.DisplayConditions is not null,
            Interface = module.Interface,
        };

    private static ForgeCallers Unlicensed(ForgeModule module) =>
        module.UnlicensedAccess.Aggregate(
            ForgeCallers.None,
            (callers, text) =>
                callers
                | text.Value switch
                {
                    "unlicensed" => ForgeCallers.UnlicensedUser,
                    "customer" => ForgeCallers.PortalCustomer,
                    "anonymous" => ForgeCallers.Anonymous,
                    // A variable, or a word that Forge will bring: the widest that it may be.
                    _ => ForgeCallers.UnlicensedUser | ForgeCallers.PortalCustomer | ForgeCallers.Anonymous,
                }
        );

    private static ForgeRole Role(ForgeModule module, ForgeReference reference) =>
        reference.Path.EndsWith("resolver.function", StringComparison.Ordinal) || reference.Path.EndsWith("resolver.endpoint", StringComparison.Ordinal)
            ? ForgeRole.Resolver
        : module.Interface is ForgeInterface.UiKit1 && reference.Path is "function" or "edit.function" or "config.function" ? ForgeRole.View
        : ForgeRole.Handler;
}
