using System.Globalization;

namespace Ecoscanner.Probing;

/// <summary>Keeps raw bodies where the operator asked for it, readable by that operator only.</summary>
internal static class BodyFolder
{
    /// <summary>Writes <c>FOLDER/RUN/0001.body</c>; what went wrong, or null.</summary>
    public static async Task<string?> KeepAsync(string folder, string runId, int number, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, runId, string.Create(CultureInfo.InvariantCulture, $"{number:0000}.body"));
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var file = new FileStream(path, options);
            await file.WriteAsync(body, cancellationToken);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the body could not be kept: {e.Message}";
        }
    }
}
