using System.Globalization;
using Ecoscanner.Apps;
using Ecoscanner.Probing;

namespace Ecoscanner.Cli.Scans;

/// <summary>Gets the app behind a target: its descriptor is fetched or read, and the host that serves it is proven to be the app's.</summary>
internal static class DescriptorSource
{
    /// <summary>The app behind a target.</summary>
    /// <exception cref="TargetException">There is no descriptor, or one that no scan can start from.</exception>
    public static async Task<ConnectApp> ReadAsync(Target target, ProbeSession session, TestTenant? tenant, CancellationToken cancellationToken)
    {
        if (target.Url is null)
        {
            return Parse(FileBytes(target), target, tenant);
        }

        var app = Parse(await FetchAsync(target.Url, session, cancellationToken), target, tenant);
        session.Scope.Prove(target.Url.IdnHost, target.Url.Port);
        return app;
    }

    private static ConnectApp Parse(ReadOnlyMemory<byte> bytes, Target target, TestTenant? tenant)
    {
        try
        {
            return ConnectDescriptorReader.Read(bytes, target.Path ?? target.Text, target.Url, tenant?.Context, target.IsRepository);
        }
        catch (DescriptorException e)
        {
            throw TargetException.Wrong(e);
        }
    }

    private static byte[] FileBytes(Target target)
    {
        try
        {
            using var file = File.OpenRead(target.Path!);
            if (file.Length > ConnectDescriptorReader.MaximumBytes)
            {
                throw TargetException.Wrong(
                    target.Path!,
                    $"is larger than {ConnectDescriptorReader.MaximumBytes / 1024 / 1024} MB, which no descriptor is; name the descriptor"
                );
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TargetException.Wrong(target.Path!, $"cannot be read: {e.Message.TrimEnd('.')}; check its permissions", e);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> FetchAsync(Uri url, ProbeSession session, CancellationToken cancellationToken)
    {
        session.Scope.Name(url);
        var request = new ProbeRequest("GET", url) { Budget = BudgetLine.Initial, Purpose = "descriptor" };
        var answer = await session.Http.SendAsync(request, cancellationToken);
        if (!answer.Answered)
        {
            throw TargetException.Unreachable(url.AbsoluteUri, answer.Failure.Message);
        }

        if (answer.Status is >= 300 and < 400 && answer.Header("Location") is { } location)
        {
            var there = Uri.TryCreate(url, location, out var absolute) ? absolute.AbsoluteUri : location;
            throw TargetException.Unreachable(url.AbsoluteUri, $"answered {answer.Status} and points to {there}; scan that URL if it is the app's");
        }

        if (answer.WaitUntil is { } end)
        {
            throw TargetException.Unreachable(
                url.AbsoluteUri,
                $"answered {answer.Status} and asked us to wait (Retry-After); scan it again after {end.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC"
            );
        }

        return answer.Succeeded
            ? answer.Body
            : throw TargetException.Unreachable(url.AbsoluteUri, $"answered {answer.Status}, and a descriptor is served with 200; check the URL");
    }
}
