using System.Text;
using Ecoscanner.Tests.Core.Source;

namespace Ecoscanner.Tests.Core.Packages.Java;

/// <summary>Packages libraries in the ways that apps are shipped, well and badly, and knows what has to be found in them.</summary>
internal sealed class MadeUpArtifact
{
    private const string Acme = "com.acme";
    private const int Deepest = 4;

    private readonly Random random;
    private readonly List<ExpectedLibrary> libraries = [];
    private readonly List<string> gaps = [];
    private int number;

    private MadeUpArtifact(Random random) => this.random = random;

    public required string File { get; init; }

    public byte[] Bytes { get; private set; } = [];

    /// <summary>In ordinal order.</summary>
    public IReadOnlyList<ExpectedLibrary> Libraries => [.. libraries.OrderBy(library => $"{library}", StringComparer.Ordinal)];

    /// <summary>The places that are not looked into, in ordinal order.</summary>
    public IReadOnlyList<string> Gaps => [.. gaps.Order(StringComparer.Ordinal)];

    public static MadeUpArtifact Of(MadeUpPackaging packaging, Random random)
    {
        var artifact = new MadeUpArtifact(random) { File = $"app.{packaging.ToString().ToLowerInvariant()}" };
        artifact.Bytes = packaging switch
        {
            MadeUpPackaging.Jar => artifact.Plugin(artifact.File),
            MadeUpPackaging.Obr => artifact.Obr(),
            MadeUpPackaging.War => ZipBuilder.Of(
                artifact
                    .Folder("WEB-INF/lib", artifact.File, "Bundled", 1)
                    .Append(("WEB-INF/classes/com/acme/Servlet.class", MadeUpLibrary.Class))
                    .Append(("WEB-INF/web.xml", "<web-app/>"u8.ToArray()))
            ),
            MadeUpPackaging.Ear => ZipBuilder.Of(
                artifact
                    .Folder("lib", artifact.File, "Bundled", 1)
                    .Append(("web.war", ZipBuilder.Of(artifact.Folder("WEB-INF/lib", $"{artifact.File}!/web.war", "Bundled", 2))))
            ),
            _ => ZipBuilder.Of(artifact.Folder("some/where", artifact.File, "Bundled", 1)),
        };
        return artifact;
    }

    private byte[] Obr()
    {
        var files = new List<(string, byte[])> { ("obr.xml", "<repository/>"u8.ToArray()), ("plugin-1.0.jar", Plugin($"{File}!/plugin-1.0.jar")) };
        files.AddRange(Folder("dependencies", File, "Bundled", 1, isBundles: true));
        return ZipBuilder.Of(files.OrderBy(_ => random.Next()));
    }

    private byte[] Plugin(string place)
    {
        var loaded = Folder("META-INF/lib", place, "Bundled", 1).ToList();
        var unused = random.Next(2) == 0 ? Folder("META-INF/old", place, "Unused", 1).ToList() : [];
        var files = new List<(string, byte[])>(loaded.Concat(unused));
        files.Add(("com/acme/plugin/Servlet.class", MadeUpLibrary.Class));
        var own = new MadeUpLibrary(Acme, "acme-plugin", "1.0");
        files.Add(($"{own.PomFolder}/pom.properties", Encoding.UTF8.GetBytes(own.Properties)));
        files.AddRange(Taken(place, "Bundled"));
        var manifest =
            $"Bundle-SymbolicName: com.acme.acme-plugin\r\nAtlassian-Plugin-Key: com.acme.acme-plugin\r\nBundle-ClassPath: .{string.Concat(loaded.Where(file => file.Name.EndsWith(".jar", StringComparison.Ordinal)).Select(file => $",\r\n {file.Name}"))}\r\n";
        if (random.Next(2) == 0)
        {
            manifest += "Import-Package: org.slf4j;version=\"[1.7,2)\",com.acme.plugin,javax.inject;resolution:=optional\r\n";
            libraries.Add(new ExpectedLibrary("javax.inject:javax.inject", null, "HostProvided", $"{place}!/META-INF/MANIFEST.MF", null));
            libraries.Add(new ExpectedLibrary("org.slf4j:slf4j-api", null, "HostProvided", $"{place}!/META-INF/MANIFEST.MF", null));
        }

        files.Add(("META-INF/MANIFEST.MF", Encoding.UTF8.GetBytes($"Manifest-Version: 1.0\r\n{manifest}\r\n")));
        files.Add(
            (
                "atlassian-plugin.xml",
                "<atlassian-plugin key=\"com.acme.acme-plugin\" name=\"Acme\" plugins-version=\"2\"><plugin-info><version>1.0</version></plugin-info></atlassian-plugin>"u8.ToArray()
            )
        );
        return ZipBuilder.Of(files.OrderBy(_ => random.Next()));
    }

    /// <summary>Some jars in a folder of an archive.</summary>
    private IEnumerable<(string Name, byte[] Bytes)> Folder(string folder, string place, string placement, int depth, bool isBundles = false)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var left = random.Next(1, 5); left > 0; left--)
        {
            var (file, bytes, keep) = Jar($"{place}!/{folder}/", placement, depth, isBundles);
            if (names.Add(file))
            {
                keep();
                yield return ($"{folder}/{file}", bytes);
            }
        }
    }

    /// <summary>A jar, and what it adds to what is expected.</summary>
    private (string File, byte[] Bytes, Action Keep) Jar(string below, string placement, int depth, bool isBundle)
    {
        number++;
        var library = MadeUpLibrary.All[random.Next(MadeUpLibrary.All.Length)];
        var style = (MadeUpStyle)random.Next(Enum.GetValues<MadeUpStyle>().Length);
        var inside = new MadeUpArtifact(random) { File = "", number = number * 100 };
        var (file, bytes, own) = random.Next(isBundle ? 4 : 12) switch
        {
            4 => Shaded(inside, below, placement),
            5 => Stray(library),
            6 => OtherGroup(inside, below),
            7 => Bomb(inside, below),
            8 => Corrupt(inside, below, library),
            9 => NoArchive(inside, below),
            10 or 11 when depth < Deepest => Deep(inside, library, style, below, placement, depth),
            _ => Plain(library, style),
        };
        return (
            file,
            bytes,
            () =>
            {
                libraries.AddRange(inside.libraries);
                gaps.AddRange(inside.gaps);
                if (own is not null)
                {
                    libraries.Add(new ExpectedLibrary(own.Name, own.Version, placement, below + file, null));
                }
            }
        );
    }

    private (string, byte[], MadeUpLibrary?) Plain(MadeUpLibrary library, MadeUpStyle style)
    {
        var (file, bytes) = library.Jar(style, number);
        return (file, bytes, library);
    }

    /// <summary>A library with libraries in it, as deep as that goes.</summary>
    private (string, byte[], MadeUpLibrary?) Deep(MadeUpArtifact inside, MadeUpLibrary library, MadeUpStyle style, string below, string placement, int depth)
    {
        var name = library.Jar(style, number).File;
        var (file, bytes) = library.Jar(style, number, inside.Folder("META-INF/lib", below + name, placement, depth + 1));
        return (file, bytes, library);
    }

    /// <summary>A jar of the partner that has taken in the classes of others, with what Maven says of them.</summary>
    private (string, byte[], MadeUpLibrary?) Shaded(MadeUpArtifact inside, string below, string placement)
    {
        var own = new MadeUpLibrary(Acme, $"acme-all{number}", "3.2", $"com/acme/all{number}");
        var (file, _) = own.Jar(MadeUpStyle.Properties, number);
        var taken = inside.Taken(below + file, placement).ToList();
        return (file, own.Jar(MadeUpStyle.Properties, number, taken).Bytes, own);
    }

    private IEnumerable<(string Name, byte[] Bytes)> Taken(string place, string placement)
    {
        foreach (var library in random.GetItems(MadeUpLibrary.All, random.Next(3)).DistinctBy(library => library.Folders[0]))
        {
            var moved = random.Next(2) == 0 ? "com/acme/shaded/" : "";
            libraries.Add(new ExpectedLibrary(library.Name, library.Version, placement, place, moved.Length > 0 ? "com.acme.shaded" : null));
            yield return ($"{library.PomFolder}/pom.properties", Encoding.UTF8.GetBytes(library.Properties));
            foreach (var entry in library.Classes(moved))
            {
                yield return entry;
            }
        }
    }

    /// <summary>What Maven says of a library whose classes are not there.</summary>
    private (string, byte[], MadeUpLibrary?) Stray(MadeUpLibrary library)
    {
        var own = new MadeUpLibrary(Acme, $"acme-tool{number}", "0.9", $"com/acme/tool{number}");
        var (file, bytes) = own.Jar(MadeUpStyle.Properties, number, [($"{library.PomFolder}/pom.properties", Encoding.UTF8.GetBytes(library.Properties))]);
        return (file, bytes, own);
    }

    /// <summary>The name of a known library, and somebody else's classes.</summary>
    private (string, byte[], MadeUpLibrary?) OtherGroup(MadeUpArtifact inside, string below)
    {
        var other = new MadeUpLibrary("org.myorg.spring", "spring-web", "0.7.4", "org/myorg/spring/web");
        var isTold = random.Next(2) == 0;
        var (file, bytes) = other.Jar(isTold ? MadeUpStyle.Properties : MadeUpStyle.NameOnly, number);
        if (!isTold)
        {
            inside.gaps.Add(below + file);
        }

        return (file, bytes, isTold ? other : null);
    }

    private (string, byte[], MadeUpLibrary?) Bomb(MadeUpArtifact inside, string below)
    {
        var file = $"bomb{number}.jar";
        inside.gaps.Add(below + file);
        // Zeros that become a thousand times as large.
        return (file, new byte[3 * 1024 * 1024], null);
    }

    /// <summary>A library with one entry that is encrypted and one that leads out of it.</summary>
    private static (string, byte[], MadeUpLibrary?) Corrupt(MadeUpArtifact inside, string below, MadeUpLibrary library)
    {
        var file = $"{library.Artifact}-{library.Version}.jar";
        inside.gaps.Add($"{below}{file}!/secret.jar");
        inside.gaps.Add($"{below}{file}!/../../evil.jar");
        var zip = new ZipBuilder().Add("secret.jar", "x"u8.ToArray(), change: entry => entry with { Flags = 1 }).Add("../../evil.jar", "x");
        foreach (var (name, bytes) in library.Classes())
        {
            zip.Add(name, bytes);
        }

        return (file, zip.Build(), library);
    }

    private (string, byte[], MadeUpLibrary?) NoArchive(MadeUpArtifact inside, string below)
    {
        var file = $"text{number}.jar";
        inside.gaps.Add(below + file);
        return (file, Encoding.UTF8.GetBytes("this is no archive, although it is called one"), null);
    }
}

/// <summary>A library that has to be found.</summary>
internal sealed record ExpectedLibrary(string Package, string? Version, string Placement, string Place, string? RelocatedTo);

internal enum MadeUpPackaging
{
    Jar,
    Obr,
    War,
    Ear,
    Zip,
}
