namespace Ecoscanner.Tests.Core.Packages.Java.Classes;

/// <summary>A library of small classes that name each other by reference and by string, release by release.</summary>
internal static class TinyLibrary
{
    public const string Name = "org.acme.tiny:tiny-core";
    public const int Count = 24;

    /// <summary>A release: of each number some classes are other than in the one before it.</summary>
    public static PackagedLibrary Release(int number, string library = Name, string package = "org/acme/tiny") =>
        JavaSources.Compile(library, $"1.{number}", Sources(number, package));

    public static Dictionary<string, string> Sources(int number, string package) =>
        Enumerable
            .Range(0, Count + number)
            .ToDictionary(
                i => $"{package}/{(i % 3 == 0 ? "util/" : "")}Worker{i}",
                i => Source(i, i < 3 * number ? number : 0, package.Replace('/', '.')),
                StringComparer.Ordinal
            );

    private static string Source(int i, int change, string package) =>
        $$"""
            package {{package}}{{(i % 3 == 0 ? ".util" : "")}};
            import java.util.*;
            public class Worker{{i}} {
              private final Map<String, Integer> jobs{{i}} = new HashMap<>();
              private static final String NAME = "{{package}}.Worker{{i}}";
              public int work{{i}}(String job, int times) {
                if (times > {{i * 1000 + 70000}}) { throw new IllegalArgumentException("job " + job + " wants too much of worker {{i}}"); }
                Runnable task = () -> jobs{{i}}.put(job, times + {{change}});
                task.run();
                return jobs{{i}}.size() + helper{{change}}(job).length();
              }
              private String helper{{change}}(String job) { return job.trim() + NAME + ".{{i}}"; }
              public List<String> names{{i}}() { return new ArrayList<>(jobs{{i}}.keySet()); }
            }
            """;
}
