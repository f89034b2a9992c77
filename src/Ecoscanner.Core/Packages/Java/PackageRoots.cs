namespace Ecoscanner.Packages.Java;

/// <summary>The packages of a jar's classes, and whether they are those of a library.</summary>
internal sealed class PackageRoots
{
    // Where classes of an archive stand that is no library itself.
    private static readonly string[] Prefixes = ["WEB-INF/classes/", "BOOT-INF/classes/", "APP-INF/classes/"];
    private const string Versions = "META-INF/versions/";

    // Group ids begin with an organisation's domain; below these, many organisations publish.
    private static readonly string[] Shared =
    [
        "com/github",
        "io/github",
        "net/sf",
        "net/java",
        "org/apache",
        "org/codehaus",
        "org/eclipse",
        "com/google",
        "com/sun",
        "org/jboss",
        "com/googlecode",
        "net/sourceforge",
        "org/glassfish",
        "javax/xml",
        "com/android",
    ];

    /// <summary>Whether many organisations publish below a group.</summary>
    public static bool IsShared(string group) => Shared.Contains(group.Replace('.', '/'), StringComparer.Ordinal);

    // Words that say nothing of which library it is.
    private static readonly string[] Common =
    [
        "api",
        "core",
        "java",
        "lib",
        "common",
        "commons",
        "client",
        "server",
        "impl",
        "util",
        "utils",
        "parent",
        "all",
        "base",
        "main",
        "spec",
        "plugin",
        "org",
        "com",
        "net",
        "apache",
        "the",
    ];

    // The largest bundle of a cloud's client has 8,000; each is compared with each library.
    private const int MaximumFolders = 20_000;

    private readonly Dictionary<(string, string), Support> supports = [];
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>How many classes there are.</summary>
    public int Classes { get; private set; }

    /// <summary>Packages by their folders, such as <c>org/slf4j/spi</c>, with the number of their classes.</summary>
    public IReadOnlyDictionary<string, int> Folders => counts;

    /// <summary>Counts a class; what is none does not count.</summary>
    /// <param name="entry">The entry's name.</param>
    public void Add(string entry)
    {
        if (!entry.EndsWith(".class", StringComparison.Ordinal) || entry.EndsWith("module-info.class", StringComparison.Ordinal))
        {
            return;
        }

        Classes++;
        var folder = Folder(entry);
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        var isKnown = lookup.TryGetValue(folder, out var count);
        if (isKnown || counts.Count < MaximumFolders)
        {
            lookup[folder] = count + 1;
        }
    }

    /// <summary>The package of a class by its folders, such as <c>org/slf4j/spi</c>, where it stands in an archive.</summary>
    public static ReadOnlySpan<char> Folder(string entry)
    {
        var name = entry.AsSpan();
        foreach (var prefix in Prefixes)
        {
            name = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
        }

        if (name.StartsWith(Versions, StringComparison.Ordinal) && name[Versions.Length..].IndexOf('/') is > 0 and var slash)
        {
            name = name[(Versions.Length + slash + 1)..];
        }

        return name.LastIndexOf('/') is > 0 and var last ? name[..last] : "";
    }

    /// <summary>The folders with the classes of an artifact, where they belong or moved: those that <see cref="Of"/> counts.</summary>
    public HashSet<string> FoldersOf(string group, string artifact)
    {
        var support = Of(group, artifact);
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in counts.Keys)
        {
            var alone = new PackageRoots();
            alone.counts[folder] = 1;
            if (alone.Of(group, artifact) is { Kind: not SupportKind.None } own && own.MovedTo is null == support.MovedTo is null)
            {
                folders.Add(folder);
            }
        }

        return folders;
    }

    /// <summary>Whether its classes are those of an artifact, where they belong or moved.</summary>
    public Support Of(string group, string artifact)
    {
        if (!supports.TryGetValue((group, artifact), out var support))
        {
            support = Compared(group, artifact);
            supports.Add((group, artifact), support);
        }

        return support;
    }

    private Support Compared(string group, string artifact)
    {
        var known = KnownArtifacts.Named(artifact).Where(entry => entry.Group == group).SelectMany(entry => entry.Roots).ToList();
        return known.Count > 0 ? OfRoots(known) with { IsKnown = true } : OfGroup(group, artifact);
    }

    /// <summary>Whether classes stand below one of these packages, such as <c>org.dom4j</c>.</summary>
    public Support OfRoots(IReadOnlyList<string> roots)
    {
        var paths = roots.Select(root => root.Replace('.', '/')).ToList();
        var below = counts.Where(folder => paths.Any(path => IsBelow(folder.Key, path))).Sum(folder => folder.Value);
        if (below > 0)
        {
            return new Support(SupportKind.Strong, below, null);
        }

        var moved = counts
            .Select(folder => (Prefix: paths.Select(path => MovedFrom(folder.Key, path)).FirstOrDefault(prefix => prefix is not null), folder.Value))
            .Where(folder => folder.Prefix is not null)
            .ToList();
        return moved.Count > 0
            ? new Support(SupportKind.Strong, moved.Sum(folder => folder.Value), moved.MinBy(folder => folder.Prefix!.Length).Prefix!.Replace('/', '.'))
            : Support.None;
    }

    /// <summary>The folder that all classes stand below; empty where there is none.</summary>
    public string Root()
    {
        string? root = null;
        foreach (var folder in counts.Keys.Where(folder => folder.Length > 0))
        {
            root = root is null ? folder : CommonFolder(root, folder);
        }

        return root ?? "";
    }

    private Support OfGroup(string group, string artifact)
    {
        var groupPath = group.Replace('.', '/');
        var segments = groupPath.Split('/');
        var organisation = segments.Length > 1 ? $"{segments[0]}/{segments[1]}" : groupPath;
        var tokens = Tokens(artifact);
        var (strong, weak, moved) = (0, 0, 0);
        string? prefix = null;
        foreach (var (folder, count) in counts)
        {
            if (IsBelow(folder, groupPath) && segments.Length > 1 && !Shared.Contains(groupPath, StringComparer.Ordinal))
            {
                strong += count;
            }
            else if (IsBelow(folder, organisation) && segments.Length > 1)
            {
                strong += HasToken(folder, tokens) ? count : 0;
                weak += Shared.Contains(organisation, StringComparer.Ordinal) ? 0 : count;
            }
            else if (segments.Length == 1 && HasAll(folder, artifact, group))
            {
                strong += count;
            }
            else if (segments.Length > 1 && MovedFrom(folder, groupPath) is { } from)
            {
                moved += count;
                prefix = prefix is null || from.Length < prefix.Length ? from : prefix;
            }
        }

        return strong > 0 ? new Support(SupportKind.Strong, strong, null)
            : moved > 0 ? new Support(SupportKind.Strong, moved, prefix!.Replace('/', '.'))
            : weak > 0 ? new Support(SupportKind.Weak, weak, null)
            : Support.None;
    }

    /// <summary>Words of an artifact's name that tell it from its neighbours.</summary>
    private static List<string> Tokens(string artifact) =>
        [
            .. artifact
                .ToLowerInvariant()
                .Split(['-', '_', '.'])
                .Select(token => token.TrimEnd("0123456789").ToString())
                .Where(token => token.Length > 1 && !Common.Contains(token, StringComparer.Ordinal)),
        ];

    private static bool HasToken(string folder, List<string> tokens) =>
        folder.Split('/').Skip(1).Any(segment => tokens.Contains(segment.TrimEnd("0123456789").ToString().ToLowerInvariant(), StringComparer.Ordinal));

    // commons-io stands in org/apache/commons/io, joda-time in org/joda/time, junit in junit and org/junit.
    private static bool HasAll(string folder, string artifact, string group)
    {
        var segments = folder.ToLowerInvariant().Split('/');
        var words = artifact.ToLowerInvariant().Split('-');
        return words.All(word => segments.Contains(word, StringComparer.Ordinal))
            || segments.Contains(group.ToLowerInvariant(), StringComparer.Ordinal)
            || segments.Contains(artifact.ToLowerInvariant(), StringComparer.Ordinal);
    }

    private static bool IsBelow(string folder, string path) =>
        folder.StartsWith(path, StringComparison.Ordinal) && (folder.Length == path.Length || folder[path.Length] == '/');

    // com/acme/shaded/com/google/common is com/google/common, moved below com.acme.shaded.
    private static string? MovedFrom(string folder, string path)
    {
        var at = folder.IndexOf($"/{path}", StringComparison.Ordinal);
        var end = at + path.Length + 1;
        return at > 0 && (end == folder.Length || folder[end] == '/') ? folder[..at] : null;
    }

    private static string CommonFolder(string first, string second)
    {
        var length = 0;
        for (var at = 0; at <= Math.Min(first.Length, second.Length); at++)
        {
            var (a, b) = (at < first.Length ? first[at] : '/', at < second.Length ? second[at] : '/');
            if (a != b)
            {
                break;
            }

            length = a == '/' ? at : length;
        }

        return first[..length];
    }
}

/// <summary>How well classes agree with coordinates.</summary>
/// <param name="Classes">How many agree.</param>
/// <param name="MovedTo">Where they were moved to; null where they are where they belong.</param>
internal sealed record Support(SupportKind Kind, int Classes, string? MovedTo)
{
    public static readonly Support None = new(SupportKind.None, 0, null);

    /// <summary>Whether it is known where such classes stand; else it was concluded from the coordinates.</summary>
    public bool IsKnown { get; init; }
}

internal enum SupportKind
{
    /// <summary>No class is such a library's.</summary>
    None,

    /// <summary>Some are of the same organisation.</summary>
    Weak,

    /// <summary>Some stand in its packages.</summary>
    Strong,
}
