using System.Collections.Immutable;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>A call that does something with the app's rights, whoever caused it.</summary>
internal sealed record ForgeEffect
{
    public required Node Call { get; init; }

    public required ForgeEffectKind Kind { get; init; }

    /// <summary>For people, and part of the finding's identity: <c>DELETE /rest/api/3/issue/*</c>, <c>storage.set</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The expressions that say what it acts upon.</summary>
    public ImmutableArray<Node> Subjects { get; init; } = [];

    /// <summary>What is written; it does not exist where nothing is.</summary>
    public Node Written { get; init; }

    /// <summary>Whether the record has one name for all callers, as settings have; false where the app makes the name when it runs.</summary>
    public bool IsForAll { get; init; } = true;

    /// <summary>The product call that it is; null of other kinds.</summary>
    public ProductCall? Product { get; init; }

    public bool IsWrite => Kind is ForgeEffectKind.ProductWrite or ForgeEffectKind.DataWrite or ForgeEffectKind.DataDelete or ForgeEffectKind.QueuePush;

    public bool IsProduct => Kind is ForgeEffectKind.ProductRead or ForgeEffectKind.ProductWrite;
}

/// <summary>What an effect does.</summary>
internal enum ForgeEffectKind
{
    ProductRead,
    ProductWrite,

    /// <summary>Of what the app stores.</summary>
    DataRead,
    DataWrite,
    DataDelete,

    /// <summary>A stored secret, for the app's own use.</summary>
    SecretRead,
    QueuePush,

    /// <summary>A request to another host.</summary>
    Egress,
}
