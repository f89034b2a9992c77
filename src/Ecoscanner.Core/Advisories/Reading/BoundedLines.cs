using System.Text;

namespace Ecoscanner.Advisories.Reading;

/// <summary>Lines of a text that may have none: one that is too long is cut there, and its rest is passed over.</summary>
internal static class BoundedLines
{
    public static IEnumerable<string> Read(TextReader reader, int maxLength)
    {
        var line = new StringBuilder();
        var any = false;
        var buffer = new char[8192];
        int count;
        while ((count = reader.Read(buffer)) > 0)
        {
            for (var start = 0; start < count; )
            {
                var end = Array.IndexOf(buffer, '\n', start, count - start);
                var stop = end < 0 ? count : end;
                line.Append(buffer, start, Math.Min(stop - start, Math.Max(0, maxLength - line.Length)));
                any = true;
                start = stop + 1;
                if (end >= 0)
                {
                    yield return line.ToString().TrimEnd('\r');
                    line.Clear();
                    any = false;
                }
            }
        }

        if (any)
        {
            yield return line.ToString().TrimEnd('\r');
        }
    }
}
