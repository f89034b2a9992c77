using Ecoscanner.Findings;

namespace Ecoscanner.Reports;

/// <summary>Evidence and coverage in a few words for a person.</summary>
internal static class EvidenceWords
{
    /// <summary>"answered 200, 1.2 kB", or why there was no whole answer.</summary>
    public static string Answer(this Exchange exchange) =>
        exchange switch
        {
            { Failure: { } failure } => $"no whole answer: {failure}",
            { Status: { } status, Length: { } length } => $"answered {status}, {Words.Bytes(length)}",
            { Status: { } status } => $"answered {status}",
            _ => "no answer",
        };

    /// <summary>False where the message only says once more what was observed.</summary>
    public static bool MessageSaysMore(this Finding finding) => !finding.Message.EndsWith(finding.Evidence.Observed, StringComparison.Ordinal);

    /// <summary>The place, also where it is a document as a whole, whose JSON pointer is empty.</summary>
    public static string Where(this CoverageGap gap) => gap.Place.Length == 0 ? $"the whole {gap.Scanner}" : gap.Place;
}
