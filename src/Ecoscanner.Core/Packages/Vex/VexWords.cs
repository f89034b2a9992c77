using System.Globalization;

namespace Ecoscanner.Packages.Vex;

/// <summary>The words of OpenVEX and of CycloneDX for the same things.</summary>
internal static class VexWords
{
    /// <summary>Name of our property that says until when a statement holds: a date or a time by ISO 8601.</summary>
    public const string Expires = "ecoscanner:expires";

    private static readonly (VexStatus Status, string OpenVex, string CycloneDx)[] Statuses =
    [
        (VexStatus.NotAffected, "not_affected", "not_affected"),
        (VexStatus.Affected, "affected", "exploitable"),
        (VexStatus.Fixed, "fixed", "resolved"),
        (VexStatus.UnderInvestigation, "under_investigation", "in_triage"),
    ];

    // CycloneDX tells apart what it takes to reach the code; for us nobody from outside controls it.
    private static readonly (VexJustification Justification, string OpenVex, string[] CycloneDx)[] Justifications =
    [
        (VexJustification.VulnerableCodeNotPresent, "vulnerable_code_not_present", ["code_not_present"]),
        (VexJustification.ComponentNotPresent, "component_not_present", ["code_not_present"]),
        (VexJustification.VulnerableCodeNotInExecutePath, "vulnerable_code_not_in_execute_path", ["code_not_reachable"]),
        (
            VexJustification.VulnerableCodeCannotBeControlledByAdversary,
            "vulnerable_code_cannot_be_controlled_by_adversary",
            ["requires_environment", "requires_configuration", "requires_dependency"]
        ),
        (
            VexJustification.InlineMitigationsAlreadyExist,
            "inline_mitigations_already_exist",
            ["protected_by_mitigating_control", "protected_by_compiler", "protected_at_runtime", "protected_at_perimeter"]
        ),
    ];

    public static string OpenVex(VexStatus status) => Array.Find(Statuses, one => one.Status == status).OpenVex;

    public static string CycloneDx(VexStatus status) => Array.Find(Statuses, one => one.Status == status).CycloneDx;

    public static string OpenVex(VexJustification justification) => Array.Find(Justifications, one => one.Justification == justification).OpenVex;

    public static string CycloneDx(VexJustification justification) => Array.Find(Justifications, one => one.Justification == justification).CycloneDx[0];

    /// <summary>By either format's word; null for another.</summary>
    public static VexStatus? Status(string? word) =>
        // CycloneDX has two words more.
        word is "false_positive"
            ? VexStatus.NotAffected
        : word is "resolved_with_pedigree" ? VexStatus.Fixed
        : Statuses.FirstOrDefault(one => one.OpenVex == word || one.CycloneDx == word) is { OpenVex: not null } found ? found.Status
        : null;

    /// <summary>By either format's word; null for another.</summary>
    public static VexJustification? Justification(string? word) =>
        Justifications.FirstOrDefault(one => one.OpenVex == word || one.CycloneDx.Contains(word, StringComparer.Ordinal)) is { OpenVex: not null } found
            ? found.Justification
            : null;

    /// <summary>A time by ISO 8601, UTC; null for anything else.</summary>
    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
}
