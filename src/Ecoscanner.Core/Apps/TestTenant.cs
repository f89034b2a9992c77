using System.Text;

namespace Ecoscanner.Apps;

/// <summary>A disposable tenant's credentials, bound to one app and host. Lives in memory only and is never printed.</summary>
public sealed class TestTenant
{
    /// <summary>The app it may be used with; another app's scan refuses it.</summary>
    public required string AppKey { get; init; }

    /// <summary>The only host that genuinely signed requests go to.</summary>
    public required string Host { get; init; }

    public required string ClientKey { get; init; }

    public required string SharedSecret { get; init; }

    /// <summary>Account id of an administrator of the tenant; null leaves <c>sub</c> out of tokens.</summary>
    public string? AdminAccountId { get; init; }

    /// <summary>Account id of an ordinary user; null leaves the admin-page check undecided.</summary>
    public string? UserAccountId { get; init; }

    /// <summary>Context variables to fill URLs with, such as <c>issue.key</c>; they must exist in the tenant.</summary>
    public IReadOnlyDictionary<string, string> Context { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Data planted in this tenant, which nobody else may see.</summary>
    public IReadOnlyList<PlantedData> Planted { get; init; } = [];

    /// <summary>A second disposable tenant, whose data the first must not see; null leaves that check undecided.</summary>
    public SecondTenant? Second { get; init; }

    /// <summary>What was planted in this tenant and in the second.</summary>
    public IEnumerable<PlantedData> AllPlanted => Planted.Concat(Second?.Planted ?? []);

    public override string ToString() => $"test tenant of {AppKey} on {Host}";
}

/// <summary>A second disposable tenant: its credentials and the data planted in it.</summary>
public sealed class SecondTenant
{
    public required string ClientKey { get; init; }

    public required string SharedSecret { get; init; }

    /// <summary>Where its data comes back when it asks itself, and a text in it.</summary>
    public IReadOnlyList<PlantedData> Planted { get; init; } = [];

    public override string ToString() => "second test tenant";
}

/// <summary>Data that a person put into a tenant to see where it comes back.</summary>
/// <param name="Path">Path and query below the app's base URL that answers with it.</param>
/// <param name="Marker">A text in the answer that stands nowhere else.</param>
public sealed record PlantedData(string Path, string Marker)
{
    /// <summary>Whether the marker stands in an answer's body.</summary>
    public bool StandsIn(ReadOnlySpan<byte> body) => body.IndexOf(Encoding.UTF8.GetBytes(Marker)) >= 0;
}
