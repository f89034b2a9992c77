using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Values;

/// <summary>What a call may run.</summary>
/// <param name="Function">The function of the program; the class, where its constructor is implied. It does not exist where what is called is external.</param>
/// <param name="Path">The path of what is external; null where it is the program's.</param>
public readonly record struct CallTarget(Node Function, string? Path)
{
    public override string ToString() => Path ?? ValueText.NameOf(Function);
}
