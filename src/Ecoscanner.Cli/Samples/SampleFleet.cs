using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecoscanner.Cli.Samples;

/// <summary>The Connect samples, started on free ports of the loopback; they stop with this object.</summary>
internal sealed partial class SampleFleet : IAsyncDisposable
{
    // All of them take about 2 s; a machine under load gets more.
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder;
    private readonly ChildProcess node;
    private readonly List<Sample> samples = [];

    private SampleFleet(DirectoryInfo folder, ChildProcess node)
    {
        this.folder = folder;
        this.node = node;
    }

    /// <summary>Those that run, in the order of their names, or as they were named.</summary>
    public IReadOnlyList<Sample> Samples => samples;

    /// <summary>Starts the samples and waits until each is installed and answers.</summary>
    /// <param name="samplesFolder">The repository's <c>samples</c>.</param>
    /// <param name="onInstall">Told what is about to be installed from npm; not called where nothing is.</param>
    /// <param name="names">Which to start; null starts all.</param>
    /// <exception cref="SampleException">They could not start.</exception>
    public static async Task<SampleFleet> StartAsync(
        string samplesFolder,
        Action<string> onInstall,
        IReadOnlyList<string>? names = null,
        CancellationToken cancellationToken = default
    )
    {
        var connect = Path.Combine(Path.GetFullPath(samplesFolder), "connect");
        await NodePackages.InstallAsync(connect, onInstall, cancellationToken);

        // Readable by this user only: it holds the certificates' keys and the tenants' credentials.
        var run = Directory.CreateTempSubdirectory("ecoscanner-samples-");
        SampleFleet? fleet = null;
        try
        {
            SampleCertificates.Write(run.FullName, TimeProvider.System);
            fleet = new SampleFleet(run, ChildProcess.Start("node", connect, ["start.js", .. names ?? []], ("SAMPLES_RUN_FOLDER", run.FullName)));
            await fleet.ReadAsync(connect, cancellationToken);
            return fleet;
        }
        catch
        {
            await (fleet?.DisposeAsync() ?? ValueTask.CompletedTask);
            Remove(run);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        Remove(folder);
    }

    // Reads a line for each sample up to {"ready":true}.
    private async Task ReadAsync(string connect, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(StartTime, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            while (await node.ReadLineAsync(either.Token) is { } text)
            {
                var line = JsonSerializer.Deserialize(text, Shapes.Default.Line)!;
                if (line.Ready)
                {
                    return;
                }

                samples.Add(Read(line, connect));
            }

            throw new SampleException($"the samples in {connect} did not start: {await node.ComplaintsAsync(either.Token)}");
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested)
        {
            throw new SampleException($"the samples in {connect} did not start in {StartTime.TotalSeconds} s; see what node start.js says there", e);
        }
        catch (JsonException e)
        {
            throw new SampleException($"start.js in {connect} printed a line that is not a sample's: {e.Message}; check what it was changed to", e);
        }
    }

    private static Sample Read(Line line, string connect)
    {
        var descriptor = line.Descriptor ?? throw new JsonException("descriptor is missing");
        var expected = Expected(Path.Combine(connect, "apps", line.Name, "expected.json"));
        return new Sample(line.Name, line.Key, descriptor, line.Tenant, line.Root, line.Origins, expected);
    }

    private static ExpectedFindings Expected(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), Shapes.Default.ExpectedFindings)!;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            throw new SampleException($"{file} cannot be used: {e.Message}; the README of the samples shows what stands in it", e);
        }
    }

    private static void Remove(DirectoryInfo run)
    {
        run.Refresh();
        if (run.Exists)
        {
            run.Delete(recursive: true);
        }
    }

    // What start.js prints: a sample, or that all of them are ready.
    private sealed record Line
    {
        public string Name { get; init; } = "";
        public string Key { get; init; } = "";
        public Uri? Descriptor { get; init; }
        public IReadOnlyList<Uri> Origins { get; init; } = [];
        public string? Tenant { get; init; }
        public string Root { get; init; } = "";
        public bool Ready { get; init; }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Line))]
    [JsonSerializable(typeof(ExpectedFindings))]
    private sealed partial class Shapes : JsonSerializerContext;
}
