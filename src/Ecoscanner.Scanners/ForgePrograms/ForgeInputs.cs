using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgePrograms;

/// <summary>What entries are handed, as paths: what the caller sends, and what the platform says of it.</summary>
public static class ForgeInputs
{
    /// <summary>The request of a resolver's key: its <c>payload</c> is the caller's, its <c>context</c> the platform's.</summary>
    public const string Request = "forge:request";

    /// <summary>What other functions are called with.</summary>
    public const string Payload = "forge:payload";

    /// <summary>What they are handed beside it by the platform.</summary>
    public const string Context = "forge:context";

    internal static IEnumerable<EnteredFunction> Of(ForgeEntry entry) =>
        entry.Kind switch
        {
            ForgeEntryKind.Resolver => entry.Functions.Select(function => new EnteredFunction(function, [Request])),
            ForgeEntryKind.Function => entry.Functions.Select(function => new EnteredFunction(function, [Payload, Context])),
            _ => [],
        };
}
