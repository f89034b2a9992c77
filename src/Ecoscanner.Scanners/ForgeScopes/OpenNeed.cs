namespace Ecoscanner.Scanners.ForgeScopes;

/// <summary>Something that may need scopes, of which the code does not tell which.</summary>
/// <param name="Covers">Which it may need.</param>
/// <param name="Reason">What it is, as a sentence without its full stop.</param>
internal sealed record OpenNeed(Func<ScopeName, bool> Covers, string Reason)
{
    public static OpenNeed OfAll(string reason) => new(_ => true, reason);

    public static OpenNeed OfApis(string reason) => new(scope => scope.Product is not null, reason);
}
