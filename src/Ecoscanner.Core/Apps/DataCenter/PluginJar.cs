using Ecoscanner.Packages.Java;

namespace Ecoscanner.Apps.DataCenter;

/// <summary>A plugin among the archives that were read: what it calls itself, which archives in it are loaded, and what it takes from its host.</summary>
internal sealed class PluginJar
{
    private const string DescriptorName = "atlassian-plugin.xml";
    private const string KeyHeader = "Atlassian-Plugin-Key";

    // Where the host finds libraries of a plugin that is no bundle yet: it makes one of it.
    private const string LibraryFolder = "META-INF/lib/";

    private PluginJar(JarNode node, PluginDescriptor? descriptor, string? problem)
    {
        Node = node;
        Descriptor = descriptor;
        Problem = problem;
    }

    public JarNode Node { get; }

    /// <summary>Null where there is none that can be read.</summary>
    public PluginDescriptor? Descriptor { get; }

    /// <summary>Why the descriptor cannot be read; null where it can, or is absent.</summary>
    public string? Problem { get; }

    public string? Key => Node.Facts.Manifest[KeyHeader] ?? Descriptor?.Key;

    public string? Version => Descriptor?.Version ?? Node.Facts.Manifest["Bundle-Version"] ?? Node.Own?.Package.Version;

    /// <summary>The plugin that an archive is; null where it is none.</summary>
    public static PluginJar? Of(JarNode node)
    {
        if (node.Descriptors.TryGetValue(DescriptorName, out var bytes))
        {
            try
            {
                return new PluginJar(node, PluginDescriptor.Read(bytes), null);
            }
            catch (DescriptorException e)
            {
                return new PluginJar(node, null, e.Message);
            }
        }

        return node.Facts.Manifest[KeyHeader] is null ? null : new PluginJar(node, null, null);
    }

    /// <summary>Which archives directly in a bundle are on its class path, by their names.</summary>
    /// <param name="bundle">The archive around them.</param>
    /// <param name="instructions">Headers that the host adds, where it makes a bundle of it.</param>
    public static Func<string, bool> ClassPath(JarNode bundle, IReadOnlyDictionary<string, string>? instructions)
    {
        if ((bundle.Facts.Manifest.List("Bundle-ClassPath") ?? Instruction(instructions, "Bundle-ClassPath")) is { } classPath)
        {
            return classPath
                .Select(clause => clause.Path.StartsWith("./", StringComparison.Ordinal) ? clause.Path[2..] : clause.Path.TrimStart('/'))
                .ToHashSet(StringComparer.Ordinal)
                .Contains;
        }

        // Without the header the class path is the bundle alone (OSGi Core 3.9); what is no bundle is made one.
        return bundle.Facts.Manifest.SymbolicName is null ? name => name.StartsWith(LibraryFolder, StringComparison.Ordinal) : _ => false;
    }

    /// <summary>Packages and bundles that an archive asks its host for.</summary>
    public static (IEnumerable<OsgiClause> Packages, IEnumerable<OsgiClause> Bundles) Imports(JarNode bundle, IReadOnlyDictionary<string, string>? instructions)
    {
        var manifest = bundle.Facts.Manifest;
        var packages = (manifest.List("Import-Package") ?? Instruction(instructions, "Import-Package") ?? [])
            .Concat(manifest.List("DynamicImport-Package") ?? Instruction(instructions, "DynamicImport-Package") ?? [])
            .Where(clause => !clause.Path.Contains('*', StringComparison.Ordinal) && !clause.Path.StartsWith('!'));
        return (packages, manifest.List("Require-Bundle") ?? []);
    }

    private static IEnumerable<OsgiClause>? Instruction(IReadOnlyDictionary<string, string>? instructions, string header) =>
        instructions?.GetValueOrDefault(header) is { } text ? OsgiHeader.Parse(text) : null;
}
