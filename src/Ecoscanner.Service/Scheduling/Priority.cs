namespace Ecoscanner.Service.Scheduling;

/// <summary>What is scanned first.</summary>
public static class Priority
{
    /// <summary>A partner waits for it: a re-scan, an upload, a verification.</summary>
    public const int Asked = 0;

    /// <summary>A new release, or a new app.</summary>
    public const int Release = 1;

    public const int Scheduled = 2;

    /// <summary>A campaign, or something long past.</summary>
    public const int Campaign = 3;

    /// <summary>Of a lane without tasks.</summary>
    internal const int None = 9;

    /// <summary>What waits so long is raised by one, up to <see cref="Release"/>: nothing waits for ever, and nothing passes a partner who waits.</summary>
    public static readonly TimeSpan Ageing = TimeSpan.FromHours(12);
}
