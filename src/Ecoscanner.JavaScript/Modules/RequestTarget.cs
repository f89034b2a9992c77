using System.Collections.Immutable;
using Ecoscanner.JavaScript.Resolution;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>What a request leads to.</summary>
/// <param name="Request">The request.</param>
/// <param name="Resolution">What its specifier names; null where the specifier is not constant.</param>
/// <param name="Module">The file of the graph; null where it is none.</param>
/// <param name="Candidates">The files that a specifier which is not constant may name, as far as its constant parts tell.</param>
public sealed record RequestTarget(ModuleRequest Request, ModuleResolution? Resolution, GraphModule? Module, ImmutableArray<GraphModule> Candidates);
