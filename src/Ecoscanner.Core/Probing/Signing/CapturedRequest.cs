using System.Buffers;
using System.Globalization;
using System.Text;
using Ecoscanner.Findings;

namespace Ecoscanner.Probing.Signing;

/// <summary>A request as its receiver wrote it down: the text of HTTP/1.1, request line, headers, an empty line, the body.</summary>
public sealed class CapturedRequest
{
    /// <summary>Most bytes of a capture. The largest body we send has a few KB.</summary>
    public const int MaximumBytes = 1024 * 1024;

    private const int MaximumHeadBytes = 64 * 1024;
    private const int MaximumHeaders = 200;

    private static readonly string[] Schemes = ["https", "http"];

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~"
    );

    private static readonly SearchValues<char> AuthorityCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._:[]"
    );

    private readonly List<HeaderField> headers = [];

    private CapturedRequest(ReadOnlyMemory<byte> capture)
    {
        var reader = new HeadReader(capture.Span);
        (Method, Target) = RequestLine(ref reader);
        while (reader.Next() is { Length: > 0 } line)
        {
            headers.Add(Header(line, reader.Line));
        }

        Body = capture[BodyRange(capture.Span, reader.Position)];
        (Scheme, Authority, PathAndQuery) = Place();
    }

    public string Method { get; }

    /// <summary>The second word of the request line: a path with its query, or a whole URI.</summary>
    public string Target { get; }

    /// <summary>In the order of the capture; values without the space around them.</summary>
    public IReadOnlyList<HeaderField> Headers => headers;

    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>"https" or "http" where the request line holds a whole URI; null where a capture cannot tell.</summary>
    internal string? Scheme { get; }

    internal string Authority { get; }

    internal string PathAndQuery { get; }

    /// <summary>Reads a capture. Lines may end in CRLF or, as an editor leaves them, in LF.</summary>
    /// <exception cref="FormatException">It is no HTTP/1.1 request or larger than one of ours; the message names the line.</exception>
    public static CapturedRequest Parse(ReadOnlyMemory<byte> capture) =>
        capture.Length <= MaximumBytes
            ? new CapturedRequest(capture)
            : throw new FormatException($"capture is larger than {MaximumBytes} bytes; give one request a file");

    /// <summary>A field's value, its lines joined as RFC 9421 section 2.1 wants it; null where the request has none.</summary>
    internal string? Field(string name)
    {
        var values = headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).ToList();
        return values.Count == 0 ? null : string.Join(", ", values);
    }

    private static (string Method, string Target) RequestLine(ref HeadReader reader)
    {
        // RFC 9112 section 2.2: an empty line before the request line is passed over.
        var line = reader.Next();
        line = line.Length == 0 ? reader.Next() : line;
        var words = line.Split(' ');
        return
            words is [var method, var target, var version]
            && method.Length > 0
            && !method.AsSpan().ContainsAnyExcept(TokenCharacters)
            && version.StartsWith("HTTP/", StringComparison.Ordinal)
            && !target.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? (method, target)
            : throw new FormatException($"line {reader.Line} is no request line like \"GET /path HTTP/1.1\"");
    }

    private HeaderField Header(string line, int number)
    {
        if (headers.Count == MaximumHeaders)
        {
            throw new FormatException($"line {number}: more than {MaximumHeaders} headers");
        }

        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || line.AsSpan(0, colon).ContainsAnyExcept(TokenCharacters))
        {
            throw new FormatException($"line {number} is no header like \"Name: value\"; a folded one has to be joined first");
        }

        return new HeaderField(line[..colon], line[(colon + 1)..].Trim(' ', '\t'));
    }

    private Range BodyRange(ReadOnlySpan<byte> capture, int start)
    {
        if (Field("Transfer-Encoding") is not null)
        {
            throw new FormatException("the request has a Transfer-Encoding, which ours never have; capture it behind the proxy that added it");
        }

        var rest = capture[start..];
        if (Field("Content-Length") is not { } length)
        {
            // HTTP/2 needs no Content-Length; line ends that an editor left behind are no body.
            return rest.ContainsAnyExcept((byte)'\r', (byte)'\n') ? start.. : start..start;
        }

        if (!int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) || bytes > rest.Length)
        {
            throw new FormatException($"the body has {rest.Length} bytes and Content-Length is another number; capture the whole body");
        }

        return rest[bytes..].ContainsAnyExcept((byte)'\r', (byte)'\n')
            ? throw new FormatException($"the body is longer than its Content-Length of {bytes}; give one request a file")
            : start..(start + bytes);
    }

    // RFC 9112 section 3.2: a path beside the Host header, or a whole URI, which then counts alone.
    private (string? Scheme, string Authority, string PathAndQuery) Place()
    {
        string? scheme = null;
        var authority = Field("Host");
        var pathAndQuery = Target;
        if (!Target.StartsWith('/'))
        {
            scheme = Schemes.FirstOrDefault(name => Target.StartsWith($"{name}://", StringComparison.OrdinalIgnoreCase));
            if (scheme is null)
            {
                throw new FormatException("the request line has neither a path nor an http(s) URI");
            }

            var rest = Target[(scheme.Length + "://".Length)..];
            var end = rest.AsSpan().IndexOfAny('/', '?') is >= 0 and var found ? found : rest.Length;
            authority = rest[..end];
            pathAndQuery = rest[end..].StartsWith('/') ? rest[end..] : "/" + rest[end..];
        }

        return string.IsNullOrEmpty(authority) || authority.AsSpan().ContainsAnyExcept(AuthorityCharacters)
            ? throw new FormatException("the request has no Host header with one host name")
            : (scheme, authority.ToLowerInvariant(), pathAndQuery);
    }

    /// <summary>Gives the lines of the head.</summary>
    private ref struct HeadReader(ReadOnlySpan<byte> capture)
    {
        private readonly ReadOnlySpan<byte> capture = capture;

        /// <summary>The line that was read last, 1-based.</summary>
        public int Line { get; private set; }

        /// <summary>Where the next one begins.</summary>
        public int Position { get; private set; } = capture.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;

        public string Next()
        {
            Line++;
            var end = capture[Position..].IndexOf((byte)'\n');
            if (end < 0 || Position + end > MaximumHeadBytes)
            {
                throw new FormatException(
                    end < 0
                        ? $"line {Line} is the last one: the empty line after the headers is missing"
                        : $"line {Line}: the head is larger than {MaximumHeadBytes} bytes"
                );
            }

            var line = capture.Slice(Position, end);
            Position += end + 1;
            line = line.EndsWith("\r"u8) ? line[..^1] : line;

            // Tabs are fine in a value; any other control character is no HTTP and could steer a terminal.
            return line.ContainsAnyInRange((byte)0, (byte)8) || line.ContainsAnyInRange((byte)10, (byte)31) || line.Contains((byte)127)
                ? throw new FormatException($"line {Line} has a control character")
                : Encoding.Latin1.GetString(line);
        }
    }
}
