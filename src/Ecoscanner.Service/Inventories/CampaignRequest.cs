namespace Ecoscanner.Service.Inventories;

/// <summary>A search that is to become findings.</summary>
/// <param name="Key">Short words that stand in identities, such as <c>log4shell</c>: lower-case letters, digits and hyphens.</param>
/// <param name="Title">What is wrong with apps that ship it, one sentence for their partners.</param>
/// <param name="Reason">Why, for the audit.</param>
/// <param name="Cvss">The score that severity and due date follow from.</param>
public sealed record CampaignRequest(string Key, string Title, string Reason, LibraryQuery Query, double Cvss)
{
    private const int LongestKey = 40;
    private const int LongestText = 1000;

    /// <summary>What is wrong with it, for a person; null where nothing is.</summary>
    public string? Problem =>
        Key.Length is 0 or > LongestKey || !Key.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-')
            ? $"the key must be made of at most {LongestKey} lower-case letters, digits and hyphens"
        : string.IsNullOrWhiteSpace(Title) || Title.Length > LongestText ? $"the title must say what is wrong, in at most {LongestText} characters"
        : string.IsNullOrWhiteSpace(Reason) || Reason.Length > LongestText ? $"the reason must say why, in at most {LongestText} characters"
        : Cvss is not (> 0 and <= 10) ? "the score must be above 0 and at most 10"
        : null;
}

/// <summary>What starting a campaign does to an app.</summary>
public enum CampaignEffect
{
    /// <summary>A finding is opened, and a ticket filed as policy says.</summary>
    Opens,

    /// <summary>A finding that was closed is opened again.</summary>
    Reopens,

    /// <summary>There is an open finding already.</summary>
    IsOpen,

    /// <summary>People decided that it need not be acted on.</summary>
    IsDecided,

    /// <summary>Nothing: the version is not known, or only development has it. A person has to look.</summary>
    IsUncertain,
}

/// <summary>An app that a campaign is about.</summary>
/// <param name="FindingId">The finding that is there already; null where there is none.</param>
public sealed record CampaignTarget(ShippedLibrary Library, CampaignEffect Effect, long? FindingId);

/// <summary>What starting a campaign came to.</summary>
/// <param name="Closed">Findings of apps that do not ship it any more.</param>
public sealed record CampaignResult(int Apps, int Opened, int Closed, IReadOnlyList<string> Gaps);
