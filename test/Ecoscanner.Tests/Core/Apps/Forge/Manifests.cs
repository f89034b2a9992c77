using System.Text;
using Ecoscanner.Apps.Forge;

namespace Ecoscanner.Tests.Core.Apps.Forge;

/// <summary>Manifests as tests write them.</summary>
internal static class Manifests
{
    /// <summary>What every manifest needs beside its modules, so that only the problem in question is reported.</summary>
    public const string App = "app: {id: 'ari:cloud:ecosystem::app/1', runtime: {name: nodejs22.x}}\n";

    public static ForgeManifest Read(string yaml) => ForgeManifestReader.Read(Encoding.UTF8.GetBytes(yaml));

    /// <summary>A manifest with these modules.</summary>
    public static ForgeManifest Modules(string modules) => Read(App + "modules:\n" + modules);

    /// <summary>Every problem as "kind line:column message".</summary>
    public static IEnumerable<string> Problems(this ForgeManifest manifest) =>
        manifest.Problems.Select(problem => $"{problem.Kind} {problem.Place} {problem.Message}");
}
