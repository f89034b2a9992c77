using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Ecoscanner.Probing;

/// <summary>
/// Asks the machine's resolver for the texts (TXT) of a name, over TCP (RFC 7766), so that answers are whole and nobody beside the way can forge one.
/// The platform's resolver of names does not tell texts.
/// </summary>
public sealed class TxtLookup
{
    private const int DnsPort = 53;

    // Texts of a name and the bytes of all of them; a challenge is one of 50 characters.
    private const int MaximumTexts = 100;
    private const int HeaderBytes = 12;
    private const int MaximumName = 255;
    private const ushort TextType = 16;
    private const ushort InternetClass = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IPEndPoint server;
    private readonly TimeProvider time;

    public TxtLookup(TimeProvider time)
        : this(Resolver(), time) { }

    /// <param name="server">The resolver to ask.</param>
    public TxtLookup(IPEndPoint server, TimeProvider time)
    {
        this.server = server;
        this.time = time;
    }

    /// <summary>The texts; none where the name has none.</summary>
    /// <param name="name">In the form that <see cref="HostName"/> gives.</param>
    /// <exception cref="ProbeException">There is no such resolver, or what it answers is no answer.</exception>
    public async Task<IReadOnlyList<string>> AskAsync(string name, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var question = Question(name);
        try
        {
            await using var stream = await Network.Machine.Connect(server, stop.Token);
            await stream.WriteAsync(question, stop.Token);
            var length = new byte[2];
            await stream.ReadExactlyAsync(length, stop.Token);
            var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            await stream.ReadExactlyAsync(answer, stop.Token);
            return Texts(answer, question.AsSpan(2));
        }
        catch (Exception e) when (e is SocketException or IOException or InvalidDataException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ProbeException(new ProbeFailure(ProbeFailureKind.NameNotResolved, $"{name}: the DNS gave no answer about its texts"), e);
        }
    }

    // What the system uses; the first that it names.
    private static IPEndPoint Resolver()
    {
        const string Settings = "/etc/resolv.conf";
        var servers = File.Exists(Settings)
            ? File.ReadLines(Settings).Take(100).Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            : [];
        var named = servers.Where(words => words is ["nameserver", _, ..]).Select(words => words[1]).FirstOrDefault();
        return new IPEndPoint(IPAddress.TryParse(named, out var address) ? address : IPAddress.Loopback, DnsPort);
    }

    // RFC 1035, 4.1: length of the message, header with one question that wants recursion, the name's labels, type, class.
    private static byte[] Question(string name)
    {
        var message = new List<byte>(64);
        message.AddRange(RandomNumberGenerator.GetBytes(2));
        message.AddRange([1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
        foreach (var label in name.Split('.'))
        {
            var bytes = Encoding.ASCII.GetBytes(label);
            if (bytes.Length is 0 or > 63 || name.Length > MaximumName)
            {
                throw new ProbeException(new ProbeFailure(ProbeFailureKind.NameNotResolved, "the name is none that the DNS can hold"));
            }

            message.Add((byte)bytes.Length);
            message.AddRange(bytes);
        }

        message.AddRange([0, 0, (byte)TextType, 0, (byte)InternetClass]);
        return [(byte)(message.Count >> 8), (byte)message.Count, .. message];
    }

    private static List<string> Texts(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> question)
    {
        // The same number, an answer, not cut short, the same question.
        if (
            answer.Length < question.Length
            || !answer[..2].SequenceEqual(question[..2])
            || (answer[2] & 0x82) != 0x80
            || !answer[HeaderBytes..question.Length].SequenceEqual(question[HeaderBytes..])
        )
        {
            throw new InvalidDataException("the answer is to another question");
        }

        // No such name is an answer too: 3; all else than 0 is none.
        var code = answer[3] & 0x0F;
        if (code is not (0 or 3))
        {
            throw new InvalidDataException($"the resolver answers with code {code}");
        }

        var count = BinaryPrimitives.ReadUInt16BigEndian(answer[6..]);
        var texts = new List<string>();
        var at = question.Length;
        for (var i = 0; i < count && texts.Count < MaximumTexts; i++)
        {
            at = AfterName(answer, at);
            if (at + 10 > answer.Length)
            {
                throw new InvalidDataException("the answer ends early");
            }

            var (type, length) = (BinaryPrimitives.ReadUInt16BigEndian(answer[at..]), BinaryPrimitives.ReadUInt16BigEndian(answer[(at + 8)..]));
            at += 10;
            if (at + length > answer.Length)
            {
                throw new InvalidDataException("the answer ends early");
            }

            if (type == TextType)
            {
                texts.Add(Text(answer.Slice(at, length)));
            }

            at += length;
        }

        return texts;
    }

    // A text comes in strings of up to 255 bytes, each after its length (3.3.14).
    private static string Text(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        while (data.Length > 0)
        {
            var length = data[0];
            if (length + 1 > data.Length)
            {
                throw new InvalidDataException("a text ends early");
            }

            text.Append(Encoding.Latin1.GetString(data.Slice(1, length)));
            data = data[(length + 1)..];
        }

        return text.ToString();
    }

    // Labels until an empty one, or a pointer to earlier ones (4.1.4), which need not be followed: names of answers are the resolver's affair.
    private static int AfterName(ReadOnlySpan<byte> answer, int at)
    {
        while (at < answer.Length)
        {
            switch (answer[at])
            {
                case 0:
                    return at + 1;
                case >= 0xC0:
                    return at + 2;
                case var length:
                    at += length + 1;
                    break;
            }
        }

        throw new InvalidDataException("a name ends early");
    }
}
