using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ecoscanner.Cli.Scans;
using Ecoscanner.Probing;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Remote;

/// <summary>The service as commands use it: what it refuses, or that it cannot be reached, ends the command with a line for people.</summary>
internal sealed class RemoteService
{
    public const string Root = "/api/v1";

    // The greatest report that is read.
    private const int MaximumBytes = 128 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ServiceConnection connection;

    public RemoteService(Account account, IReadOnlyList<string> trust, TimeProvider time)
    {
        if (!Uri.TryCreate(account.Service, UriKind.Absolute, out var url))
        {
            throw new ExitException(ExitCode.Usage, $"--service {account.Service} is no URL; write it like https://ecoscanner.example.com");
        }

        try
        {
            var options = new ProbeOptions { RunId = "client", TrustedRoots = ScanSetup.TrustedRoots(trust) };
            connection = new ServiceConnection(options, url, account.Token, time);
        }
        catch (ArgumentException e)
        {
            throw new ExitException(ExitCode.Usage, $"--service {account.Service}: {e.Message}", e);
        }
    }

    /// <summary>The option of all commands that use a service.</summary>
    public static Option<string> ServiceOption() =>
        new("--service") { Description = $"the service's URL; else {Account.ServiceVariable}, else the one that login kept", HelpName = "URL" };

    public static Option<string[]> TrustOption() =>
        new("--trust")
        {
            Description = "trust these root certificates too, PEM",
            HelpName = "FILE",
            DefaultValueFactory = static _ => [],
        };

    public static RemoteService Of(ParseResult arguments, Option<string> service, Option<string[]> trust, TimeProvider time) =>
        new(Account.Current(arguments.GetValue(service)), arguments.GetValue(trust) ?? [], time);

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync("GET", path, null, [], Patience, cancellationToken);
        return await ReadAsync(answer, type, cancellationToken);
    }

    public async Task<byte[]> BytesAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync("GET", path, null, [], Patience, cancellationToken);
        return await Reached(() => answer.BytesAsync(MaximumBytes, cancellationToken));
    }

    public async Task<T> ReadAsync<T>(ServiceAnswer answer, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var bytes = await Reached(() => answer.BytesAsync(MaximumBytes, cancellationToken));
        try
        {
            return JsonSerializer.Deserialize(bytes, type) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new ExitException(
                ExitCode.Service,
                $"{connection.Service} answers in no way that this ecoscanner knows; is it an ecoscanner, and of about this version?",
                e
            );
        }
    }

    /// <summary>Sends it; an answer that is a refusal ends the command.</summary>
    /// <exception cref="ExitException">It is refused, or the service cannot be reached.</exception>
    public async Task<ServiceAnswer> SendAsync(
        string method,
        string path,
        HttpContent? content,
        IReadOnlyList<(string Name, string Value)> headers,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        var answer = await Reached(() => connection.SendAsync(method, path, content, headers, patience, cancellationToken));
        if (answer.Status is >= 200 and < 300)
        {
            return answer;
        }

        using (answer)
        {
            throw new ExitException(ExitCode.Service, Refusal(answer, await Reached(() => answer.BytesAsync(64 * 1024, cancellationToken))));
        }
    }

    private IReadOnlyList<string> Refusal(ServiceAnswer answer, byte[] body)
    {
        var place = connection.Service.GetLeftPart(UriPartial.Authority);
        if (answer.Status == 401)
        {
            return [$"{place} does not know the token, or it has expired; get a new one and sign in with: ecoscanner login --service {connection.Service}"];
        }

        RemoteProblem? problem = null;
        try
        {
            problem = JsonSerializer.Deserialize(body, RemoteJson.Default.RemoteProblem);
        }
        catch (JsonException)
        {
            // A proxy's page, perhaps.
        }

        var wait = answer.Header("Retry-After") is { } seconds ? $"; ask again in {seconds} s" : "";
        var first = $"{place} answers {answer.Status}: {problem?.Detail ?? problem?.Title ?? "nothing that says why"}{wait}";
        return [first, .. (problem?.Errors ?? []).Where(_ => problem?.Errors is { Count: > 1 }).Select(error => $"{error.Pointer} {error.Detail}")];
    }

    private static async Task<T> Reached<T>(Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (ProbeException e)
        {
            throw new ExitException(ExitCode.Service, $"{e.Failure.Message}; is the service up, and its URL right?", e);
        }
    }
}
