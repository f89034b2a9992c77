namespace Ecoscanner.Service.Policies;

/// <summary>Whose machines an app runs on, as the policies tell them apart: the words of <c>app_hosting</c> are finer.</summary>
public enum Hosting
{
    Cloud,
    DataCenter,
}

/// <summary>From the catalogue's word to the policies' and to people's.</summary>
public static class HostingWords
{
    /// <param name="hosting">As <c>app_hosting.hosting</c>.</param>
    public static Hosting Of(string hosting) =>
        hosting switch
        {
            "connect" or "forge" => Hosting.Cloud,
            "datacenter" => Hosting.DataCenter,
            _ => throw new ArgumentOutOfRangeException(nameof(hosting), hosting, "no hosting of the catalogue"),
        };

    public static string Title(this Hosting hosting) => hosting is Hosting.Cloud ? "cloud" : "Data Center";
}
