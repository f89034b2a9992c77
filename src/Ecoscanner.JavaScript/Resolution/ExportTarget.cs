using System.Text.Json;

namespace Ecoscanner.JavaScript.Resolution;

/// <summary>What an entry of <c>exports</c> or <c>imports</c> in package.json leads to.</summary>
public abstract record ExportTarget
{
    private protected ExportTarget() { }

    // The reader's own limit on depth bounds the recursion.
    internal static ExportTarget Read(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String when element.Text() is { } path => new PathTarget(path),
            JsonValueKind.Object => new ConditionalTarget([
                .. element.Members().Select(condition => KeyValuePair.Create(condition.Key, Read(condition.Value))),
            ]),
            JsonValueKind.Array => new AlternativeTargets([.. element.EnumerateArray().Select(Read)]),
            // Null says that it is private; what is no target at all leads nowhere either.
            _ => new NoTarget(),
        };
}

/// <summary>A path in the package, or in <c>imports</c> the name of another one; <c>*</c> stands for what the pattern matched.</summary>
public sealed record PathTarget(string Path) : ExportTarget;

/// <summary>The first whose condition holds and that leads somewhere.</summary>
public sealed record ConditionalTarget(IReadOnlyList<KeyValuePair<string, ExportTarget>> Conditions) : ExportTarget;

/// <summary>The first that leads somewhere.</summary>
public sealed record AlternativeTargets(IReadOnlyList<ExportTarget> Alternatives) : ExportTarget;

/// <summary>Nowhere: null, or nothing that is a target.</summary>
public sealed record NoTarget : ExportTarget;
