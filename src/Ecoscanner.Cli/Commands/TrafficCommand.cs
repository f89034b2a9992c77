using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using Ecoscanner.Probing.Signing;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner traffic</c>: whose traffic is this, and which key signs ours.</summary>
internal static class TrafficCommand
{
    private const int Verified = 0;
    private const int NotVerified = 1;
    private const int Usage = 2;
    private const int Incomplete = 4;

    private const string Meaning = "Proof of origin, never permission: it says who sent a request, not that you should let it in.";

    /// <summary>The command with its three ways.</summary>
    /// <param name="deskFolder">Where this installation's key is kept.</param>
    public static Command Create(string deskFolder, TimeProvider time, TextWriter output, TextWriter error) =>
        new("traffic", "Tell our traffic from others' (proof of origin, never permission).")
        {
            Verify(time, output, error),
            Shown("directory", "Print this installation's public key as a directory to pin.", deskFolder, error, key => output.WriteLine(Directory(key))),
            Shown("key", "Print the name of this installation's key, as its signatures carry it.", deskFolder, error, key => output.WriteLine(Name(key, time))),
        };

    private static Command Verify(TimeProvider time, TextWriter output, TextWriter error)
    {
        var requests = new Argument<FileInfo[]>("REQUEST")
        {
            Description = "captured requests, each the text of HTTP/1.1 in a file of its own",
            Arity = ArgumentArity.OneOrMore,
        };
        var directory = new Option<FileInfo>("--directory")
        {
            Description = "the pinned key directory, got earlier from whom you trust",
            Required = true,
            HelpName = "FILE",
        };
        var at = new Option<DateTimeOffset?>("--at")
        {
            Description = "when the requests arrived, like 2026-11-05T14:03:00Z (default: now)",
            CustomParser = Time,
            HelpName = "TIME",
        };
        var command = new Command("verify", "Check who sent captured requests, against a pinned directory.") { requests, directory, at };
        command.SetAction(parsed =>
            Guarded(
                error,
                () =>
                {
                    var pinned = Read(parsed.GetRequiredValue(directory), KeyDirectory.MaximumBytes, bytes => KeyDirectory.Parse(bytes.Span));
                    var verifier = new SignatureVerifier(pinned);
                    var all = true;
                    foreach (var file in parsed.GetRequiredValue(requests))
                    {
                        var request = Read(file, CapturedRequest.MaximumBytes, CapturedRequest.Parse);
                        var verification = verifier.Verify(request, parsed.GetValue(at) ?? time.GetUtcNow());
                        Write(file.Name, verification, output);
                        all &= verification.Verified;
                    }

                    output.WriteLine(Meaning);
                    return all ? Verified : NotVerified;
                }
            )
        );
        return command;
    }

    private static Command Shown(string name, string description, string deskFolder, TextWriter error, Action<SigningKey> show)
    {
        var command = new Command(name, description);
        command.SetAction(_ =>
            Guarded(
                error,
                () =>
                {
                    show(DeskKey.LoadOrCreate(deskFolder));
                    return Verified;
                }
            )
        );
        return command;
    }

    private static string Directory(SigningKey key) => Encoding.UTF8.GetString(KeyDirectory.Of(key).ToJson());

    private static string Name(SigningKey key, TimeProvider time) => $"{key.KeyId}  {MessageSigner.ForDesk(key, time).SignedAs}";

    private static void Write(string name, SignatureVerification verification, TextWriter output)
    {
        output.WriteLine(verification.Verified ? $"{name}: verified, signed as {verification.SignedAs}, run {verification.RunId}" : $"{name}: not verified");
        foreach (var step in verification.Steps)
        {
            output.WriteLine($"  {(step.Passed ? "pass" : "FAIL")}  {step.Name, -9}  {step.Detail}");
        }
    }

    private static DateTimeOffset? Time(ArgumentResult argument)
    {
        var text = argument.Tokens[^1].Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        argument.AddError($"--at {text} is no time; write it like 2026-11-05T14:03:00Z");
        return null;
    }

    private static T Read<T>(FileInfo file, int maximum, Func<ReadOnlyMemory<byte>, T> parse)
    {
        using var stream = file.OpenRead();
        var content = new byte[maximum + 1];
        var length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        try
        {
            return parse(content.AsMemory(0, length));
        }
        catch (FormatException e)
        {
            throw new FormatException($"{file.Name}: {e.Message}", e);
        }
    }

    private static int Guarded(TextWriter error, Func<int> action)
    {
        if (Ed25519.UnavailableReason is { } reason)
        {
            error.WriteLine($"ecoscanner: {reason}");
            return Incomplete;
        }

        try
        {
            return action();
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"ecoscanner: {e.Message}");
            return Usage;
        }
    }
}
