using System.Runtime.CompilerServices;

namespace Ecoscanner.Reports.Sinks;

/// <summary>
/// Writes interpolated text: what stands in the source is written as it is, what is filled in is encoded for the sink. So no value
/// of a target can be written unencoded by forgetting to.
/// </summary>
internal sealed class SinkWriter(TextWriter output, Func<string?, string> encode)
{
    // Parts are written as the string is evaluated, so that nothing is left to do with it here.
    public SinkWriter Write([InterpolatedStringHandlerArgument("")] Template template)
    {
        _ = template;
        return this;
    }

    public void Line([InterpolatedStringHandlerArgument("")] Template template)
    {
        _ = template;
        output.Write('\n');
    }

    public void Line() => output.Write('\n');

    /// <summary>Writes what is already encoded for this sink.</summary>
    public SinkWriter Encoded(string text)
    {
        output.Write(text);
        return this;
    }

    /// <summary>An interpolated string, written part by part.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Template
    {
        private readonly SinkWriter writer;

        // The compiler's signature for handlers.
        public Template(int literalLength, int formattedCount, SinkWriter writer)
        {
            _ = (literalLength, formattedCount);
            this.writer = writer;
        }

        public void AppendLiteral(string value) => writer.Encoded(value);

        public void AppendFormatted(string? value) => writer.Encoded(writer.Encode(value));

        public void AppendFormatted(long value) => writer.Encoded(value.ToString());
    }

    private string Encode(string? value) => encode(value);
}
