using System.Text;
using Ecoscanner.Cli.Commands;
using Ecoscanner.Probing.Signing;
using Ecoscanner.Tests.Core.Probing.Signing;

namespace Ecoscanner.Tests.Cli;

public sealed class TrafficCommandTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly Clock clock = new();
    private readonly StringWriter output = new() { NewLine = "\n" };
    private readonly StringWriter error = new() { NewLine = "\n" };

    public void Dispose()
    {
        output.Dispose();
        error.Dispose();
        scratch.Dispose();
    }

    [Fact]
    public void A_request_of_this_installation_is_verified_with_the_directory_that_it_prints()
    {
        Assert.Equal(0, Run("directory"));
        var directory = scratch.Write("directory.json", Encoding.UTF8.GetBytes(output.ToString()));
        var request = Request("request.txt");

        Assert.Equal(0, Run("verify", request, "--directory", directory));
        Assert.Contains($"request.txt: verified, signed as desk scan, run {Captured.RunId}\n", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Proof of origin, never permission", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_is_shown_by_its_name_alone()
    {
        Assert.Equal(0, Run("key"));

        Assert.Equal($"{DeskKey.LoadOrCreate(scratch.Folder).KeyId}  desk scan\n", output.ToString());
    }

    [Fact]
    public void A_request_that_came_twice_is_not_verified()
    {
        var request = Request("request.txt");
        File.Copy(request, scratch["again.txt"]);

        Assert.Equal(1, Run("verify", request, scratch["again.txt"], "--directory", Directory()));
        Assert.Contains("again.txt: not verified\n", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("the request is a replay\n", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-05T14:03:30Z", 0)]
    [InlineData("2026-11-05T15:03:30+01:00", 0)]
    [InlineData("2026-11-05T14:03:30", 0)]
    [InlineData("2026-11-05T14:13:30Z", 1)]
    [InlineData("2026-11-05T13:03:30Z", 1)]
    public void A_request_is_judged_at_the_time_it_arrived(string at, int exitCode)
    {
        var request = Request("request.txt");
        clock.Now += TimeSpan.FromDays(3);

        Assert.Equal(1, Run("verify", request, "--directory", Directory()));
        Assert.Equal(exitCode, Run("verify", request, "--directory", Directory(), "--at", at));
    }

    [Fact]
    public void What_is_no_request_is_a_mistake_of_the_caller()
    {
        var request = scratch.Write("request.txt", "hello\n\n"u8);

        Assert.Equal(2, Run("verify", request, "--directory", Directory()));
        Assert.Equal("ecoscanner: request.txt: line 1 is no request line like \"GET /path HTTP/1.1\"\n", error.ToString());
    }

    [Fact]
    public void What_is_no_directory_is_a_mistake_of_the_caller()
    {
        Assert.Equal(2, Run("verify", Request("request.txt"), "--directory", scratch.Write("directory.json", "[]"u8)));
        Assert.Equal("ecoscanner: directory.json: directory is no JSON Web Key Set at line 1\n", error.ToString());
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        Assert.Equal(2, Run("verify", scratch["absent.txt"], "--directory", Directory()));
        Assert.Contains(scratch["absent.txt"], error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_that_is_none_is_a_mistake_that_names_one() =>
        Assert.Contains(
            TrafficCommand
                .Create(scratch.Folder, clock, output, error)
                .Parse(["verify", "request.txt", "--directory", "directory.json", "--at", "noon"])
                .Errors,
            mistake => mistake.Message == "--at noon is no time; write it like 2026-11-05T14:03:00Z"
        );

    private int Run(params string[] arguments) => TrafficCommand.Create(scratch.Folder, clock, output, error).Parse(arguments).Invoke();

    private string Request(string name)
    {
        var signer = MessageSigner.ForDesk(DeskKey.LoadOrCreate(scratch.Folder), clock);
        return scratch.Write(name, Encoding.ASCII.GetBytes(Captured.Text(signer, "GET", "https://app.example/a?b")));
    }

    private string Directory() => scratch.Write("directory.json", KeyDirectory.Of(DeskKey.LoadOrCreate(scratch.Folder)).ToJson());
}
