using Ecoscanner.Apps;
using Ecoscanner.Rules;

namespace Ecoscanner.Scanning;

/// <summary>The plug-in seam: one folder, one sealed class without constructor arguments, its rules as static fields at its top.</summary>
public interface IScanner
{
    /// <summary>Kebab-case words, stable for ever.</summary>
    string Name { get; }

    /// <summary>Raised with each change of what it finds, so that stored results are computed anew.</summary>
    int Version { get; }

    IReadOnlyList<Rule> Rules { get; }

    /// <summary>After this it is stopped and what it had not decided is inconclusive.</summary>
    TimeSpan TimeLimit { get; }

    bool AppliesTo(App app);

    /// <summary>True where it judges answers that other scanners got: it starts when they have ended.</summary>
    bool RunsLast => false;

    /// <summary>The most requests it may send to this app, for the plan that is printed before a scan.</summary>
    int PlannedRequests(App app, ScanOptions options);

    /// <summary>Checks the app and says everything through the context. What it throws is an inconclusive verdict.</summary>
    Task ScanAsync(ScanContext context, CancellationToken cancellationToken);
}
