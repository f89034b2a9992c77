using Ecoscanner.Reports;

namespace Ecoscanner.Service.Api;

/// <summary>Formats of reports as HTTP names them.</summary>
internal static class ReportFormat
{
    private const string Usual = "json";

    /// <summary>The one that <c>format</c> names, else <c>Accept</c>, else our own.</summary>
    /// <exception cref="ProblemException">There is none of that name.</exception>
    public static IReportWriter Asked(HttpContext http, string? format)
    {
        var names = ReportFormats.All.Select(writer => writer.Name).ToList();
        if (!string.IsNullOrEmpty(format))
        {
            return ReportFormats.Find(format)
                ?? throw new ProblemException(
                    ProblemKind.NotAcceptable,
                    $"there is no such format{Suggestion.For(format, names, $"known are {string.Join(", ", names)}")}"
                );
        }

        var accepted = http.Request.GetTypedHeaders().Accept;
        if (accepted.Count == 0 || accepted.Any(type => type.MatchesAllTypes))
        {
            return ReportFormats.Find(Usual)!;
        }

        return accepted
                .OrderByDescending(type => type.Quality ?? 1)
                .Select(type =>
                    ReportFormats.All.FirstOrDefault(writer => MediaType(writer.Name).StartsWith(type.MediaType.ToString(), StringComparison.OrdinalIgnoreCase))
                )
                .FirstOrDefault(writer => writer is not null)
            ?? throw new ProblemException(ProblemKind.NotAcceptable, $"name a format instead: ?format={string.Join(", ", names)}");
    }

    public static string MediaType(string format) =>
        format switch
        {
            "json" => "application/json",
            "jsonl" => "application/jsonl",
            "sarif" => "application/sarif+json",
            "junit" => "application/xml",
            "md" => "text/markdown; charset=utf-8",
            "html" => "text/html; charset=utf-8",
            _ => "text/plain; charset=utf-8",
        };

    public static string Extension(string format) =>
        format switch
        {
            "junit" => "xml",
            "json" or "jsonl" or "sarif" or "md" or "html" => format,
            _ => "txt",
        };
}
