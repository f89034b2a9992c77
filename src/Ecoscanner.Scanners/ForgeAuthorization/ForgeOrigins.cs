using Ecoscanner.JavaScript.Taint;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>Where values come from, by their paths: <c>payload.issueKey</c> is what a caller sends, <c>context.accountId</c> what the platform says of it.</summary>
internal static class ForgeOrigins
{
    public const string Caller = "payload";
    public const string Platform = "context";
    public const string Account = "context.accountId";
    public const string Environment = "env";

    private static readonly string[] Configured = ["context.extension.config", "context.extension.gadgetConfiguration", "context.extension.macro.config"];

    private const string Components = "require(\"@forge/ui\").";

    // What follows names what is within the same thing.
    private const int CallerNames = 1;
    private const int PlatformNames = 3;

    private static readonly (string Prefix, string Name, int Names)[] Roots =
    [
        .. ForgeModels
            .Requests.Append(ForgeInputs.Request)
            .SelectMany(root => ((string, string, int)[])[($"{root}.payload", Caller, CallerNames), ($"{root}.context", Platform, PlatformNames)]),
        ($"{ForgeInputs.Payload}.context", Platform, PlatformNames),
        (ForgeInputs.Payload, Caller, CallerNames),
        (ForgeInputs.Context, Platform, PlatformNames),
        ("require(\"@forge/ui\").useProductContext()", Platform, PlatformNames),
        ("require(\"@forge/api\").getAppContext()", Platform, PlatformNames),
        ("process.env", Environment, CallerNames),
    ];

    /// <summary>The name of what comes from outside by that path; null where it is neither.</summary>
    public static string? NameOf(string path)
    {
        // What forms and other components of UI Kit 1 hand to handlers, a user has filled in.
        if (path.StartsWith(Components, StringComparison.Ordinal) && path.Contains("(arg", StringComparison.Ordinal))
        {
            return $"{Caller}.form";
        }

        foreach (var (prefix, name, names) in Roots)
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] is '.' or '[' or '('))
            {
                return name + Members(path.AsSpan(prefix.Length), names);
            }
        }

        return null;
    }

    public static bool IsCallers(Origin origin) => Is(origin, Caller);

    public static bool IsPlatforms(Origin origin) => Is(origin, Platform);

    /// <summary>Whether somebody who edits the place has set it, and not who looks at it.</summary>
    public static bool IsConfigured(Origin origin) => IsPlatforms(origin) && Configured.Any(name => origin.Name.StartsWith(name, StringComparison.Ordinal));

    public static bool Is(Origin origin, string root) =>
        !origin.Call.Exists && origin.Name.StartsWith(root, StringComparison.Ordinal) && (origin.Name.Length == root.Length || origin.Name[root.Length] == '.');

    // `.issue.key` of `.issue.key.trim()`: what is called is no member.
    private static string Members(ReadOnlySpan<char> rest, int names)
    {
        var end = 0;
        for (var left = names; left > 0 && end < rest.Length && rest[end] == '.'; left--)
        {
            var next = end + 1;
            while (next < rest.Length && (char.IsLetterOrDigit(rest[next]) || rest[next] is '_' or '$'))
            {
                next++;
            }

            if (next == end + 1 || (next < rest.Length && rest[next] == '('))
            {
                break;
            }

            end = next;
        }

        return rest[..end].ToString();
    }
}
