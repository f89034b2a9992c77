using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>An instance with what its parameters are for whoever asks, as <see cref="ValueKeys"/> name it; null where nothing is known of one.</summary>
internal sealed record Frame(Instance Instance, string?[] Parameters, string? This)
{
    public static Frame Of(Instance instance) => new(instance, [], null);

    /// <summary>The call by which it was entered; it does not exist where that is not known.</summary>
    public Node Call { get; init; }

    /// <summary>Where that call stands; null likewise.</summary>
    public Frame? Caller { get; init; }

    public string Name => field ??= $"{Instance.Index}({string.Join(',', Parameters)};{This}){(Caller is null ? "" : $"@{Call.Index} {Caller.Name}")}";
}
