using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Advisories.Reading;
using Ecoscanner.Packages.Java;
using Ecoscanner.Packages.Java.Classes;
using Ecoscanner.Packages.Scripts;

namespace Ecoscanner.Apps.DataCenter;

/// <summary>With all that the product knows about archives.</summary>
public static class DataCenterReading
{
    private const string Signatures = "script-signatures.json";

    private static readonly Lazy<ScriptInspection> Scripts = new(() =>
    {
        using var stream = typeof(DataCenterReading).Assembly.GetManifestResourceStream(Signatures)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new ScriptInspection(new ScriptLibraries(RetireReader.Signatures(bytes, out _)));
    });

    private static readonly Lazy<ClassInspection> Classes = new(() => new ClassInspection(FingerprintIndex.Shipped));

    /// <param name="advisories">What tells groups by artifacts, beside what is known anyway; null where there are none on this machine.</param>
    public static ArchiveReading Of(AdvisoryIndex? advisories)
    {
        var reading = new ArchiveReading { Inspections = [Classes.Value.Inspect, Scripts.Value.Find] };
        return advisories is null ? reading : reading with { Groups = advisories.GroupsOf };
    }
}
