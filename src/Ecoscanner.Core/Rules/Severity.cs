namespace Ecoscanner.Rules;

/// <summary>How bad a finding is, by the bands of the Security Bug Fix Policy.</summary>
public enum Severity
{
    None,
    Low,
    Medium,
    High,
    Critical,
}

/// <summary>From a CVSS base score to its severity band.</summary>
public static class SeverityBand
{
    /// <summary>The band of a CVSS v3 base score from 0.0 to 10.0: 9.0 critical, 7.0 high, 4.0 medium, above 0 low.</summary>
    public static Severity Of(double cvss) =>
        cvss switch
        {
            >= 9.0 => Severity.Critical,
            >= 7.0 => Severity.High,
            >= 4.0 => Severity.Medium,
            > 0 => Severity.Low,
            _ => Severity.None,
        };
}
