using System.Diagnostics;
using Ecoscanner.Reports;

namespace Ecoscanner.Tests.Core.Reports;

[Collection(nameof(Alone))]
public sealed class LargeReportTests
{
    /// <summary>Memory is the whole process's: no other test may run meanwhile.</summary>
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

    private const int Findings = 10_000;
    private const long MostHeld = 16 * 1024 * 1024;

    // A busy machine needs a multiple of the half second that it takes.
    private static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Formats => [.. ReportFormats.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Ten_thousand_findings_are_written_part_by_part(string format)
    {
        var report = SampleReports.Of(SampleReports.Large(Findings));
        var time = Stopwatch.StartNew();
        using var output = new Scale();

        ReportFormats.Find(format)!.Write(report, SampleReports.Options, output);

        Assert.True(time.Elapsed < LongestTime, $"{time.Elapsed}");
        Assert.True(output.Held < MostHeld, $"{output.Held:N0} bytes held while {output.Written:N0} were written");
    }

    /// <summary>Throws away what is written and weighs, now and then, what the writer holds meanwhile.</summary>
    private sealed class Scale : Stream
    {
        private const int WeighEvery = 2 * 1024 * 1024;

        private readonly long before = GC.GetTotalMemory(forceFullCollection: true);
        private long weighed;

        public long Written { get; private set; }

        public long Held { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Written += buffer.Length;
            if (Written - weighed >= WeighEvery)
            {
                weighed = Written;
                Held = Math.Max(Held, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
