using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <summary>A class of a module.</summary>
/// <param name="Node">The declaration or expression.</param>
/// <param name="Constructor">The number of its constructor's function, or -1.</param>
/// <param name="Fields">The number of the function that sets the fields of an instance, or -1.</param>
/// <param name="Members">The texts that surely name members of its prototype.</param>
/// <param name="StaticMembers">The texts that surely name members of the class itself.</param>
internal sealed record LoweredClass(Node Node, int Constructor, int Fields, int[] Members, int[] StaticMembers);
