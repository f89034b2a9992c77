using System.Collections.Immutable;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>A module on the way to a definition, and the one before it.</summary>
internal sealed class LinkStep(GraphModule module, LinkStep? before)
{
    /// <summary>The way with one more module.</summary>
    public static LinkStep To(GraphModule module, LinkStep? way) => way is not null && way.Last == module ? way : new(module, way);

    public GraphModule Last { get; } = module;

    private LinkStep? Before { get; } = before;

    public ImmutableArray<GraphModule> Way()
    {
        var modules = ImmutableArray.CreateBuilder<GraphModule>();
        for (var step = this; step is not null; step = step.Before)
        {
            modules.Add(step.Last);
        }

        modules.Reverse();
        return modules.DrainToImmutable();
    }
}
