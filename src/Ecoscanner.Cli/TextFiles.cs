using System.Text;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli;

/// <summary>Reads and writes files that a person named, with errors a person understands.</summary>
internal static class TextFiles
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A UTF-8 file's text.</summary>
    /// <param name="maximumCharacters">A longer file is refused, unread.</param>
    /// <exception cref="ExitException">It is not there, not readable, too long or no UTF-8.</exception>
    public static string Read(string path, int maximumCharacters)
    {
        try
        {
            using var reader = new StreamReader(path, Strict);
            var text = new char[maximumCharacters + 1];
            var length = reader.ReadBlock(text);
            return length <= maximumCharacters
                ? new string(text, 0, length)
                : throw new ExitException(ExitCode.Usage, $"{path} is larger than {maximumCharacters / 1024} KiB; name a smaller file");
        }
        catch (DecoderFallbackException e)
        {
            throw new ExitException(ExitCode.Usage, $"{path} is not UTF-8 text; save it as UTF-8", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>A file's bytes, and of one that is longer than allowed a byte more than that, so that who reads them sees it.</summary>
    /// <exception cref="IOException">It is not there or not readable.</exception>
    public static ReadOnlyMemory<byte> Bytes(string path, int maximum)
    {
        using var stream = File.OpenRead(path);
        var bytes = new byte[(int)Math.Min(stream.Length, maximum + 1L)];
        return bytes.AsMemory(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }

    /// <summary>Writes a file whole, or throws.</summary>
    /// <exception cref="ExitException">It cannot be written.</exception>
    public static void Write(string path, string text)
    {
        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, e);
        }
    }

    /// <summary>What to tell a person whose file cannot be read.</summary>
    public static ExitException Unreadable(string path, Exception e) =>
        new(ExitCode.Usage, $"{path} cannot be read: {Reason(e)}; check the name and its permissions", e);

    /// <summary>What to tell a person whose file cannot be written.</summary>
    public static ExitException Unwritable(string path, Exception e) => new(ExitCode.Usage, $"{path} cannot be written: {Reason(e)}; name another place", e);

    private static string Reason(Exception e) =>
        e switch
        {
            FileNotFoundException => "there is no such file",
            DirectoryNotFoundException => "there is no such folder",
            UnauthorizedAccessException => "permission is denied or it is a folder",
            _ => e.Message.TrimEnd('.'),
        };
}
