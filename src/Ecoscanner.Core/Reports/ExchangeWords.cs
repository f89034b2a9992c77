using Ecoscanner.Findings;

namespace Ecoscanner.Reports;

/// <summary>What came back from a request, in a few words for a person.</summary>
internal static class ExchangeWords
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
}
