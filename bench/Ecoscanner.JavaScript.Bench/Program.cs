using Ecoscanner.JavaScript.Bench;

// The measurements of the JavaScript front end, each by its name; all of them where none is named.
var benches = new Dictionary<string, Func<bool>>(StringComparer.Ordinal)
{
    ["peers"] = Peers.Run,
    ["growth"] = Growth.Run,
    ["extremes"] = Extremes.Run,
    ["app"] = ColdApp.Run,
    ["flow"] = FlowOfApp.Run,
};

if (args is ["check", var list])
{
    return Check.Run(list) ? 0 : 1;
}

Console.WriteLine($"machine: {Environment.ProcessorCount} cores, load {Timing.Load}, .NET {Environment.Version}");
var good = true;
foreach (var name in args.Length > 0 ? args : [.. benches.Keys])
{
    if (!benches.TryGetValue(name, out var bench))
    {
        Console.Error.WriteLine($"there is no measurement {name}; there are {string.Join(", ", benches.Keys)}, and check LIST");
        return 2;
    }

    Console.WriteLine($"\n## {name}\n");
    good &= bench();
}

return good ? 0 : 1;
