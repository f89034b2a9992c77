using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.TransportSecurity;

/// <summary>Judges the versions and cipher suites that a host offers.</summary>
internal static class TlsCheck
{
    private static readonly TlsVersion[] OldVersions = [TlsVersion.Ssl30, TlsVersion.Tls10, TlsVersion.Tls11];

    public static void Judge(ScanContext context, AppOrigin origin, TlsSurvey survey)
    {
        if (survey.Offered.Count == 0)
        {
            var reason = $"no TLS handshake succeeded: {survey.Last.Reason}";
            context.Undecide(TransportSecurityScanner.OldVersion, origin.Place, reason);
            context.Undecide(TransportSecurityScanner.WeakSuite, origin.Place, reason);
            context.Skip(origin.Place, reason);
            return;
        }

        JudgeVersions(context, origin, survey);
        JudgeSuites(context, origin, survey);
        context.Cover(origin.Place);
    }

    private static void JudgeVersions(ScanContext context, AppOrigin origin, TlsSurvey survey)
    {
        var offered = string.Join(", ", survey.Offered.Select(version => version.Name()));
        var old = survey.Offered.Intersect(OldVersions).ToList();
        if (old.Count > 0)
        {
            context.Report(
                TransportSecurityScanner.OldVersion,
                origin.Location,
                new Evidence($"handshakes succeeded in {offered}", "TLS 1.2 and TLS 1.3 only"),
                message: $"{origin.Place} accepts {string.Join(", ", old.Select(version => version.Name()))}"
            );
        }

        var open = OldVersions.Except(old).Where(version => survey.AnswerTo(version).Outcome == TlsOutcome.Unanswered).ToList();
        if (open.Count > 0)
        {
            context.Undecide(
                TransportSecurityScanner.OldVersion,
                origin.Place,
                string.Join("; ", open.Select(version => $"{version.Name()}: {survey.AnswerTo(version).Reason}"))
            );
        }
        else if (old.Count == 0)
        {
            context.Pass(TransportSecurityScanner.OldVersion, origin.Place, $"the host offers {offered} and refuses older versions");
        }
    }

    private static void JudgeSuites(ScanContext context, AppOrigin origin, TlsSurvey survey)
    {
        if (survey.WeakSuites.Count > 0)
        {
            var suites = survey
                .WeakSuites.GroupBy(weak => weak.Version)
                .Select(group => $"{group.Key.Name()}: {string.Join(", ", group.Select(weak => weak.Suite))}");
            var end = survey.SuitesProblem is { } problem ? $"; there may be more: {problem}" : "";
            context.Report(
                TransportSecurityScanner.WeakSuite,
                origin.Location,
                new Evidence(
                    $"{string.Join("; ", suites)}{end}",
                    $"only suites of Mozilla's Intermediate recommendation, version {MozillaIntermediate.Version}"
                ),
                message: $"{origin.Place} accepts cipher suites that Mozilla advises against"
            );
        }
        else if (survey.SuitesProblem is { } problem)
        {
            context.Undecide(TransportSecurityScanner.WeakSuite, origin.Place, problem);
        }
        else
        {
            context.Pass(TransportSecurityScanner.WeakSuite, origin.Place, "every suite outside of Mozilla's Intermediate recommendation was refused");
        }
    }
}
