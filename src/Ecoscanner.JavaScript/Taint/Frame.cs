using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>An instance with what its parameters are for whoever asks, as <see cref="ValueKeys"/> name it; null where nothing is known of one.</summary>
internal sealed record Frame(Instance Instance, string?[] Parameters, string? This)
{
    public static Frame Of(Instance instance) => new(instance, [], null);

    public string Name => $"{Instance.Index}({string.Join(',', Parameters)};{This})";
}
