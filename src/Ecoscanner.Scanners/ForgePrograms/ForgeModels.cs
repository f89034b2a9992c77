using System.Collections.Immutable;

namespace Ecoscanner.Scanners.ForgePrograms;

/// <summary>What functions of Forge's packages do with what they are given, in the words of the analysis of values.</summary>
/// <remarks>
/// A resolver is an object of its own for each <c>new</c>, so that two are told apart; what is defined is kept in it under its key.
/// A function that is defined is called with the path of <c>define</c> as its request, so <c>PATH.payload</c> is what the page sends.
/// </remarks>
internal static class ForgeModels
{
    /// <summary>Before the key in the name of a member.</summary>
    public const string KeyPrefix = Defined + " ";

    /// <summary>What every resolver has.</summary>
    public const string Mark = "%resolver";

    /// <summary>The table that a resolver was made of.</summary>
    public const string Table = "%table";

    /// <summary>In place of a key that is not known.</summary>
    public const string UnknownKey = "%unknown";

    private const string Defined = "define";

    // As a package of ECMAScript, as CommonJS gives it, and as compilers that mix them make it.
    private static readonly string[] Classes =
    [
        "require(\"@forge/resolver\").default",
        "require(\"@forge/resolver\")",
        "require(\"@forge/resolver\").default.default",
        "require(\"@forge/resolver\").Resolver",
    ];

    public static ImmutableArray<string> Lines { get; } =
    [
        $"{Each(".new()")}: return = instance; return.{Mark} = boolean",
        $"{Each(".prototype.define")}: this.{Defined}{{0}} < arg1; arg1(0) = itself; return < this",
        $"{Each(".prototype.getDefinitions")}: this.{Mark} = boolean; return < this",
        $"require(\"@forge/resolver\").makeResolver: return = Object; return.{Mark} = boolean; return.{Table} < arg0; arg0.*(0) = itself",
        $"{Route("route")}: return = template; return <~ args",
        $"{Route("assumeTrustedRoute")}: return < arg0",
    ];

    /// <summary>The paths of <c>define</c>.</summary>
    public static IReadOnlyCollection<string> Definers { get; } = [.. Classes.Select(name => name + ".prototype.define")];

    /// <summary>The paths of what the functions of a resolver are called with: its <c>payload</c> is the caller's, its <c>context</c> the platform's.</summary>
    public static IReadOnlyCollection<string> Requests { get; } = [.. Definers, "require(\"@forge/resolver\").makeResolver"];

    // A route is taken to be its text.
    private static string Route(string name) => $"require(\"@forge/api\").{name}, require(\"@forge/api\").default.{name}";

    private static string Each(string rest) => string.Join(", ", Classes.Select(name => name + rest));
}
