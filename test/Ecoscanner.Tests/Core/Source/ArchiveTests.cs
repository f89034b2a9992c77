using System.Text;
using Ecoscanner.Source;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Source;

public sealed class ArchiveTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("some text of some length. ", 40)));

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, true)]
    [InlineData(false, true, true)]
    public void A_ZIP_is_read_however_it_was_written(bool isStored, bool hasDescriptor, bool isWide)
    {
        var zip = new ZipBuilder()
            .Add("a/b.txt", Text, isStored, hasDescriptor)
            .Add("folder/", [])
            .Add("c.txt", Text, isStored, hasDescriptor)
            .Build(isWide: isWide);
        Check(Open(zip), ["a/b.txt", "c.txt"], []);
    }

    [Fact]
    public void A_ZIP_behind_a_program_and_with_a_comment_is_read()
    {
        var inner = ZipBuilder.Of(("a.txt", Text));
        byte[] shifted = [.. "#!/bin/sh\nexec java -jar \"$0\"\n"u8, .. inner];
        Check(Open(shifted), ["a.txt"], []);
        Check(Open(new ZipBuilder().Prefix(new byte[500]).Add("a.txt", Text).Build(comment: "made by PK\u0005\u0006 hand")), ["a.txt"], []);
    }

    [Fact]
    public void Without_its_directory_what_stands_in_it_is_read_all_the_same()
    {
        var zip = new ZipBuilder()
            .Add("a.txt", Text)
            .Add("b.txt", Text, hasDescriptor: true)
            .Add("c.txt", Text, isStored: true)
            .Add("d.txt", Text, hasDescriptor: true);
        var end = (int)zip.Position;
        var whole = zip.Build();
        Check(Open(whole[..end]), ["a.txt", "b.txt", "c.txt", "d.txt"], [("", "its directory is missing, so its entries were taken from where they stand")]);
        // Cut in the middle of the directory, and in the middle of the last entry.
        Check(Open(whole[..(end + 60)]), ["a.txt", "b.txt", "c.txt", "d.txt"], [("", "its directory is missing")]);
        var archive = Open(whole[..(end - 30)]);
        Assert.Equal(["a.txt", "b.txt", "c.txt", "d.txt"], archive.Entries.Select(entry => entry.Name));
        Assert.Equal(Text, archive.ReadStart(archive.Entries[2], 10_000, out _));
    }

    [Fact]
    public void A_directory_that_names_fewer_than_it_says_is_not_believed()
    {
        var archive = Open(new ZipBuilder().Add("a.txt", Text).Add("b.txt", Text).Build(count: 7));
        Check(archive, ["a.txt", "b.txt"], [("", "its directory names 2 of 7 entries and ends")]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK")]
    [InlineData("this is no archive at all, whatever its name says")]
    public void What_is_no_ZIP_says_so(string text) =>
        Assert.Contains("it is no ZIP file", Assert.Throws<InvalidDataException>(() => Open(Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("../../etc/passwd", "leads out of its folder")]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("C:/x.jar", "absolute")]
    [InlineData("lib\\x.jar", "backslash")]
    [InlineData("a\nb.jar", "control characters")]
    [InlineData("a//b.jar", "no plain path")]
    public void A_name_that_leads_elsewhere_is_left_out_and_the_others_are_read(string name, string reason) =>
        Check(Open(ZipBuilder.Of(("a.txt", Text), (name, Text))), ["a.txt"], [(name, reason)]);

    [Fact]
    public void Long_and_deep_names_are_left_out()
    {
        var archive = Open(ZipBuilder.Of((new string('x', 5000), Text), (string.Concat(Enumerable.Repeat("a/", 50)) + "b", Text)));
        Check(archive, [], [(new string('x', 1024) + "...", "more than 1024 characters"), ("a/a/", "deeper than 40 folders")]);
    }

    [Fact]
    public void What_cannot_be_unpacked_is_named_with_its_reason()
    {
        var zip = new ZipBuilder()
            .Add("encrypted.jar", Text, change: entry => entry with { Flags = 1 })
            .Add("lzma.jar", Text, change: entry => entry with { Method = 14 })
            .Add("huge.jar", Text, change: entry => entry with { Size = 5L * 1024 * 1024 * 1024 })
            .Add("elsewhere.jar", Text, change: entry => entry with { Offset = 1_000_000 })
            .Add("good.txt", Text);
        Check(
            Open(zip.Build()),
            ["good.txt"],
            [("encrypted.jar", "encrypted"), ("lzma.jar", "method 14"), ("huge.jar", "more than 1024 MB"), ("elsewhere.jar", "does not stand in the archive")]
        );
    }

    [Fact]
    public void Entries_that_share_their_bytes_are_not_unpacked()
    {
        var zip = new ZipBuilder().Add("kernel", new byte[100_000]).Add("good.txt", Text);
        var kernel = new Written("0", 0, 100_000, 100, 8, 0, 0);
        for (var copy = 0; copy < 20; copy++)
        {
            zip.Point(kernel with { Name = $"copy{copy}" });
        }

        var archive = Open(zip.Build());
        Assert.Equal(["good.txt"], archive.Entries.Select(entry => entry.Name));
        Assert.Equal(21, archive.Problems.Count());
        Assert.All(archive.Problems, problem => Assert.Contains("shares its bytes", problem.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_two_entries_of_one_name_both_are_read_and_that_is_told()
    {
        var archive = Open(ZipBuilder.Of(("a.txt", Text), ("a.txt", Encoding.UTF8.GetBytes("other"))));
        Check(archive, ["a.txt", "a.txt"], [("a.txt", "stands more than once")], read: false);
        Assert.Equal("other", Encoding.UTF8.GetString(archive.ReadStart(archive.Entries[1], 100, out _)!));
    }

    [Fact]
    public void An_entry_that_becomes_a_thousand_times_as_large_is_stopped()
    {
        var archive = Open(ZipBuilder.Of(("zeros", new byte[8 * 1024 * 1024])));
        Assert.Null(archive.ReadStart(archive.Entries[0], 8 * 1024 * 1024, out _));
        Assert.Contains("more than 200 times as large", Assert.Single(archive.Problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_says_less_than_it_is_is_read_to_its_limit_and_told()
    {
        var archive = Open(new ZipBuilder().Add("a.txt", Text, change: entry => entry with { Size = 10 }).Build());
        Assert.Equal(Text, archive.ReadStart(archive.Entries[0], 10_000, out var isCut));
        Assert.False(isCut);
        Assert.Contains("not the length that the directory says", Assert.Single(archive.Problems).Reason, StringComparison.Ordinal);
        Assert.Equal(Text[..20], archive.ReadStart(archive.Entries[0], 20, out isCut));
        Assert.True(isCut);
    }

    [Fact]
    public void Broken_bytes_and_wrong_checksums_are_told()
    {
        var archive = Open(new ZipBuilder().Add("a.txt", Text, change: entry => entry with { Checksum = 1 }).Build());
        Assert.Equal(Text, archive.ReadStart(archive.Entries[0], 10_000, out _));
        Assert.Contains("checksum", Assert.Single(archive.Problems).Reason, StringComparison.Ordinal);

        var zip = ZipBuilder.Of(("a.txt", Text));
        zip[36] = 0xFF;
        var broken = Open(zip);
        Assert.Null(broken.ReadStart(broken.Entries[0], 10_000, out _));
        Assert.Single(broken.Problems);
    }

    [Fact]
    public void Limits_of_entries_bytes_and_time_end_it()
    {
        var zip = ZipBuilder.Of(("a.txt", Text), ("b.txt", Text), ("c.txt", Text));
        Assert.Contains(
            "more than 2 entries",
            Assert.Throws<InvalidDataException>(() => Open(zip, new ArchiveLimits { Entries = 2 })).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "more than 2 entries",
            Assert.Throws<InvalidDataException>(() => Open(zip, new ArchiveLimits { TotalEntries = 2 })).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "directory of more than",
            Assert.Throws<InvalidDataException>(() => Open(zip, new ArchiveLimits { DirectoryBytes = 50 })).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "had taken",
            Assert.Throws<InvalidDataException>(() => Open(zip, new ArchiveLimits { Time = TimeSpan.FromTicks(-1) })).Message,
            StringComparison.Ordinal
        );
        var archive = Open(zip, new ArchiveLimits { TotalBytes = 1500 });
        Assert.NotNull(archive.ReadStart(archive.Entries[0], 10_000, out _));
        Assert.Null(archive.ReadStart(archive.Entries[1], 10_000, out _));
        Assert.Contains("were unpacked before it", Assert.Single(archive.Problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_problems_are_counted_after_the_first()
    {
        var archive = Open(ZipBuilder.Of(Enumerable.Range(0, 80).Select(at => ($"../{at}", Text))));
        Assert.Equal(51, archive.Problems.Count());
        Assert.Contains("30 more of its entries", archive.Problems.Last().Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 64 * 1024 * 1024)]
    [InlineData(false, 64 * 1024 * 1024)]
    [InlineData(false, 10)]
    public void An_archive_in_it_is_unpacked_in_place_in_memory_or_in_a_file_that_is_gone_afterwards(bool isStored, int memory)
    {
        var inner = ZipBuilder.Of(("a.txt", Text));
        var limits = new ArchiveLimits { MemoryBytes = memory };
        var before = Directory.GetFiles(Path.GetTempPath(), "ecoscanner-*.tmp");
        var outer = Open(new ZipBuilder().Add("in.jar", inner, isStored).Build(), limits);
        using (var unpacked = outer.Unpack(outer.Entries[0]))
        {
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(inner)), unpacked.Sha256);
            var archive = Archive.Open(unpacked.Source, new ArchiveBudget(limits, TimeProvider.System, CancellationToken.None));
            Check(archive, ["a.txt"], []);
        }

        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "ecoscanner-*.tmp").Except(before, StringComparer.Ordinal));
    }

    [Fact]
    public void Whatever_bytes_it_has_reading_ends_with_entries_or_a_reason() =>
        Fuzz.Run(random =>
        {
            var inner = ZipBuilder.Of(("x.txt", Text));
            var zip = new ZipBuilder()
                .Add("a.txt", Text, hasDescriptor: random.Next(2) == 0)
                .Add("in.jar", inner, isStored: random.Next(2) == 0)
                .Add("META-INF/MANIFEST.MF", "A: b")
                .Build(isWide: random.Next(2) == 0);
            for (var change = random.Next(1, 12); change > 0; change--)
            {
                zip[random.Next(zip.Length)] = (byte)random.Next(256);
            }

            zip =
                random.Next(4) == 0 ? zip[random.Next(zip.Length)..]
                : random.Next(4) == 0 ? zip[..random.Next(zip.Length)]
                : zip;
            try
            {
                var archive = Open(zip);
                foreach (var entry in archive.Entries)
                {
                    archive.ReadStart(entry, 5000, out _);
                    archive.StartsWith(entry, "PK"u8);
                    try
                    {
                        using var unpacked = archive.Unpack(entry);
                        Archive.Open(unpacked.Source, new ArchiveBudget(ArchiveLimits.Default, TimeProvider.System, CancellationToken.None));
                    }
                    catch (InvalidDataException e)
                    {
                        Assert.NotEmpty(e.Message);
                    }
                }

                Assert.All(archive.Problems, problem => Assert.NotEmpty(problem.Reason));
            }
            catch (InvalidDataException e)
            {
                Assert.NotEmpty(e.Message);
            }
        });

    private static Archive Open(byte[] zip, ArchiveLimits? limits = null) =>
        Archive.Open(ByteSource.OfMemory(zip), new ArchiveBudget(limits ?? ArchiveLimits.Default, TimeProvider.System, CancellationToken.None));

    private static void Check(Archive archive, string[] names, (string Name, string Reason)[] problems, bool read = true)
    {
        Assert.Equal(names, archive.Entries.Select(entry => entry.Name));
        if (read)
        {
            Assert.All(archive.Entries, entry => Assert.Equal(Text, archive.ReadStart(entry, 10_000, out _)));
        }

        Assert.Equal(problems.Length, archive.Problems.Count());
        Assert.All(
            archive.Problems.Zip(problems),
            pair =>
            {
                Assert.StartsWith(pair.Second.Name, pair.First.Name, StringComparison.Ordinal);
                Assert.Contains(pair.Second.Reason, pair.First.Reason, StringComparison.Ordinal);
            }
        );
    }
}
