namespace Ecoscanner.Packages.Vex;

/// <summary>What somebody says of a vulnerability in a product. It is a claim: it is shown beside a finding with who made it, and hides none.</summary>
public sealed record VexStatement
{
    /// <summary>The ids of the vulnerability: the name first, then its aliases; at least one.</summary>
    public required IReadOnlyList<string> Vulnerabilities { get; init; }

    /// <summary>What it is said of; at least one.</summary>
    public required IReadOnlyList<VexProduct> Products { get; init; }

    public required VexStatus Status { get; init; }

    /// <summary>Why it is not affected; null where the statement gives none.</summary>
    public VexJustification? Justification { get; init; }

    /// <summary>The statement in words, or what to do about it; written by strangers, so escape it. Empty where there are none.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Who says it; empty where nobody is named.</summary>
    public string Author { get; init; } = "";

    /// <summary>Since when it is said, or when it was last changed, UTC; null where the document does not say.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Until when it holds, UTC; null for as long as nobody says otherwise. No format has it, so it is read from our own property.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Where it stands: the file and the place in it.</summary>
    public required string Place { get; init; }

    /// <summary>Whether it speaks of a component at a time.</summary>
    /// <param name="vulnerabilities">All ids of the vulnerability.</param>
    public bool Covers(Component component, IEnumerable<string> vulnerabilities, DateTimeOffset now) =>
        (Expires is null || now < Expires)
        && vulnerabilities.Intersect(Vulnerabilities, StringComparer.OrdinalIgnoreCase).Any()
        && Products.Any(product => product.Covers(component));
}

/// <summary>What a statement is made of.</summary>
/// <param name="App">The app as the statement names it, with a version perhaps; null where it names the component alone.</param>
/// <param name="Package">The component's coordinates; without a version it is all of them. Null where the statement names no package of Maven or npm.</param>
/// <param name="Path">Where the component lies, as in <see cref="Component.Places"/>; null for wherever it lies.</param>
public sealed record VexProduct(string? App, PackageUrl? Package, string? Path)
{
    /// <summary>Whether it is this component. What names no package and no path is of the whole app, and covers none of its components: too much would be.</summary>
    public bool Covers(Component component) =>
        (Package is not null || Path is not null)
        && (
            Package is null
            || (
                Package.Ecosystem == component.Package.Ecosystem
                && Package.Name == component.Package.Name
                && (Package.Version is null || Package.Version == component.Package.Version)
            )
        )
        && (Path is null || component.Places.Contains(Path, StringComparer.Ordinal));
}

/// <summary>The statuses of VEX (CISA, Minimum Requirements for VEX).</summary>
public enum VexStatus
{
    NotAffected,
    Affected,
    Fixed,
    UnderInvestigation,
}

/// <summary>Why a product is not affected (CISA, Status Justifications for VEX).</summary>
public enum VexJustification
{
    ComponentNotPresent,
    VulnerableCodeNotPresent,
    VulnerableCodeNotInExecutePath,
    VulnerableCodeCannotBeControlledByAdversary,
    InlineMitigationsAlreadyExist,
}

/// <summary>The statements of a document, and what of it could not be read.</summary>
public sealed record VexDocument(IReadOnlyList<VexStatement> Statements, IReadOnlyList<InventoryGap> Gaps);
