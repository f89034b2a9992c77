namespace Ecoscanner.JavaScript.Values;

/// <summary>The members of an object.</summary>
internal sealed class Properties
{
    /// <summary>The nodes of members, by text.</summary>
    public Dictionary<int, int> Named { get; } = [];

    /// <summary>The node of what is stored under names that are not known, or -1.</summary>
    public int Any { get; set; } = -1;

    /// <summary>The node in which all members come together, or -1 where nobody asked for it.</summary>
    public int All { get; set; } = -1;

    /// <summary>As <see cref="All"/>, of items: members whose names are numbers.</summary>
    public int Items { get; set; } = -1;

    /// <summary>The node of what it inherits from, or -1 where that is only <see cref="Root"/>.</summary>
    public int Prototype { get; set; } = -1;

    /// <summary>The built-in object that its chain of prototypes ends with, an external value, or -1.</summary>
    public int Root { get; set; } = -1;

    /// <summary>The texts that name members which it has for certain.</summary>
    public HashSet<int>? Sure { get; set; }

    /// <summary>The readings that look further up, should it inherit: a text, and where the value goes.</summary>
    public List<MemberReading>? Readings { get; set; }

    /// <summary>The readings that only getters are asked for, should there be some; the text is that of no name where all are asked.</summary>
    public List<MemberReading>? GetterReadings { get; set; }

    /// <summary>The names of its getters and setters.</summary>
    public HashSet<int>? Getters { get; set; }

    public HashSet<int>? Setters { get; set; }

    /// <summary>The objects that get all its members.</summary>
    public List<MemberCopy>? Copies { get; set; }

    public bool IsArray { get; set; }
}

/// <summary>A reading of a member.</summary>
/// <param name="Text">Its name.</param>
/// <param name="Target">The node that the value goes to.</param>
/// <param name="This">The object that is asked, which a getter sees as <c>this</c>.</param>
/// <param name="Site">The place.</param>
internal readonly record struct MemberReading(int Text, int Target, int This, int Site);

/// <summary>An object that gets all members of another.</summary>
internal sealed record MemberCopy(int To, HashSet<int> Excluded, int Site)
{
    /// <summary>Whether setters are called.</summary>
    public bool IsAssigned { get; init; }

    /// <summary>Whether the members are promises, and what they come to is what the other gets.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>Where the members are descriptors, the node of what they describe members of; else -1.</summary>
    public int Owner { get; init; } = -1;
}
