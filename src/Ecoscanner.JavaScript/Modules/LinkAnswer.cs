using System.Collections.Immutable;
using Ecoscanner.JavaScript.Resolution;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>An answer while an export is followed: like <see cref="ExportResolution"/>, with the way still as steps.</summary>
internal sealed record LinkAnswer(ExportResolutionKind Kind, LinkStep? Way)
{
    public ImmutableArray<ExportDefinition> Definitions { get; init; } = [];

    public ModuleResolution? External { get; init; }

    public string? ExternalName { get; init; }

    public ModuleGap? Gap { get; init; }

    // Which of several answers says more: what was found before what may be.
    public int Rank =>
        Kind switch
        {
            ExportResolutionKind.Ambiguous => 5,
            ExportResolutionKind.Found => 4,
            ExportResolutionKind.External => 3,
            ExportResolutionKind.Unknown => 2,
            ExportResolutionKind.Cycle => 1,
            _ => 0,
        };

    public static LinkAnswer NotFound(LinkStep? way) => new(ExportResolutionKind.NotFound, way);

    public static LinkAnswer Found(ExportDefinition definition, LinkStep? way) => new(ExportResolutionKind.Found, way) { Definitions = [definition] };

    public ExportResolution ToResolution() =>
        new(Kind, Definitions, Way?.Way() ?? [])
        {
            External = External,
            ExternalName = ExternalName,
            Gap = Gap,
        };
}
