namespace Ecoscanner.Packages;

/// <summary>Where packages are named and versioned, by the names of the OSV schema.</summary>
public enum Ecosystem
{
    /// <summary>Named <c>group:artifact</c>; case counts.</summary>
    Maven,

    /// <summary>Named <c>name</c> or <c>@scope/name</c>; case counts.</summary>
    Npm,
}
