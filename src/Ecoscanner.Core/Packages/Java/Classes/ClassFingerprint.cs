namespace Ecoscanner.Packages.Java.Classes;

/// <summary>
/// What stays of a class where a build moves its package, strips its debug information, compresses or signs it. Two levels, both with packages masked: a
/// class whose name and package fit as well is the very class.
/// </summary>
/// <param name="Shape">
/// Of its simple name, its supertypes and members, and the strings, numbers and names of members that it uses: what another compiler leaves as it is.
/// </param>
/// <param name="Code">Of each instruction as well: the same code by the same compiler.</param>
/// <param name="Facts">How many things the shape is made of; the fewer, the more classes are alike.</param>
public readonly record struct ClassFingerprint(ulong Shape, ulong Code, int Facts)
{
    // An annotation or a marker interface has fewer, the smallest exception about as many.
    private const int TellingFacts = 8;

    /// <summary>Whether a class with this shape is hardly another's by chance.</summary>
    public bool IsTelling => Facts >= TellingFacts;
}
