namespace Ecoscanner.Rules;

/// <summary>A vector of the Common Vulnerability Scoring System, version 3.0, 3.1 or 4.0, and its base score.</summary>
/// <param name="Version"><c>3.0</c>, <c>3.1</c> or <c>4.0</c>.</param>
/// <param name="Text">As it was given.</param>
/// <param name="BaseScore">0.0 to 10.0, of the base metrics alone, whatever else the vector holds.</param>
public sealed record CvssVector(string Version, string Text, double BaseScore)
{
    /// <summary>Null where it is no vector of these versions; <paramref name="problem"/> then says why, for a person.</summary>
    public static CvssVector? Parse(string text, out string? problem)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var prefix = slash < 0 ? text : text[..slash];
        var version = prefix switch
        {
            "CVSS:3.0" => "3.0",
            "CVSS:3.1" => "3.1",
            "CVSS:4.0" => "4.0",
            _ => null,
        };
        if (version is null)
        {
            problem = "the vector does not begin with CVSS:3.0, CVSS:3.1 or CVSS:4.0";
            return null;
        }

        var metrics = new CvssMetrics(version == "4.0" ? Cvss4.Metrics : Cvss3.Metrics);
        problem = metrics.Read(text.AsSpan(prefix.Length));
        return problem is null ? new(version, text, version == "4.0" ? Cvss4.BaseScore(metrics) : Cvss3.BaseScore(metrics)) : null;
    }
}
