using Ecoscanner.Bench;

// The measurements, each by its name; all of them where none is named.
var benches = new Dictionary<string, Func<Scanner, Task<bool>>>(StringComparer.Ordinal)
{
    ["samples"] = Samples.RunAsync,
    ["start"] = ColdStart.RunAsync,
    ["budget"] = Budgets.RunAsync,
    ["pace"] = Pace.RunAsync,
    ["hostile"] = Hostile.RunAsync,
    ["forge"] = Forge.RunAsync,
    ["identification"] = scanner => Identification.RunAsync(scanner, null),
    ["advisories"] = Advisories.RunAsync,
    ["platform"] = _ => Platform.RunAsync(),
    ["fingerprints"] = _ => Task.FromResult(Fingerprints.Run(null)),
};

var scanner = Scanner.Find();
Console.WriteLine($"machine: {Environment.ProcessorCount} cores, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}, {DateTimeOffset.UtcNow:yyyy-MM-dd}");
if (args is ["identification" or "artifacts" or "fingerprints" or Platform.MakesData, var folder])
{
    var isGood = args[0] switch
    {
        "artifacts" => DebianArtifacts.Run(scanner.Root, folder),
        "fingerprints" => Fingerprints.Run(folder),
        Platform.MakesData => Platform.Make(folder),
        _ => await Identification.RunAsync(scanner, folder),
    };
    return isGood ? 0 : 1;
}

var good = true;
foreach (var name in args.Length > 0 ? args : [.. benches.Keys])
{
    if (!benches.TryGetValue(name, out var bench))
    {
        Console.Error.WriteLine($"there is no measurement {name}; there are {string.Join(", ", benches.Keys)}");
        return 2;
    }

    Console.WriteLine($"\n## {name}\n");
    good &= await bench(scanner);
}

return good ? 0 : 1;
