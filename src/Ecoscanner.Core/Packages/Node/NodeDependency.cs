namespace Ecoscanner.Packages.Node;

/// <summary>A dependency as a package asks for it.</summary>
/// <param name="Name">The folder it wants it in, which is the package's own name but for aliases.</param>
/// <param name="Wanted">A range, a tag, <c>npm:other@1</c>, an address; empty where the file does not say.</param>
/// <param name="IsPeer">True where whoever uses the package has to bring it.</param>
internal sealed record NodeDependency(string Name, string Wanted, Need Need, bool IsPeer = false);
