using System.Buffers.Binary;
using System.Diagnostics;
using Ecoscanner.Packages.Java.Classes;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Packages.Java.Classes;

public sealed class ClassFingerprinterTests
{
    private const string Name = "org/acme/Shop";

    private const string Source = """
        package org.acme;
        public class Shop<T extends Comparable<T>> {
          enum Kind { SMALL, LARGE }
          private long total = 123456789L;
          private String secret = "hidden";
          class Inner { String peek() { return secret; } }
          public String sell(String what, int count, Kind kind) {
            if (count < 70000) { return "sold " + count + " of " + what + " at org.acme.prices"; }
            switch (kind) { case SMALL: return "small"; default: break; }
            Runnable later = () -> System.out.println("later: " + what);
            later.run();
            try { return Class.forName("org.acme.Shop").getName(); } catch (ClassNotFoundException e) { throw new IllegalStateException("no shop", e); }
          }
          public Class<?> type() { return Shop.class; }
        }
        """;

    [Fact]
    public void Debug_information_changes_nothing() => Assert.Equal(Compile(Source).Print(Name), Compile(Source, "-g:none").Print(Name));

    [Theory]
    [InlineData("org/acme", "com/other/shaded/org/acme")]
    [InlineData("org/acme", "x/acme")]
    public void A_moved_package_changes_nothing(string from, string to)
    {
        var library = Compile(Source);
        var moved = library.Relocated(from, to);
        Assert.Equal(library.Print(Name), moved.Print($"{to}/Shop"));
        Assert.Equal(library.Print("org/acme/Shop$Inner"), moved.Print($"{to}/Shop$Inner"));
        Assert.False(library.Classes[Name].AsSpan().SequenceEqual(moved.Classes[$"{to}/Shop"]));
    }

    [Fact]
    public void Another_compiler_changes_the_code_and_not_the_shape()
    {
        var old = Compile(Source, "--release 8").Print(Name);
        var current = Compile(Source, "--release 17").Print(Name);
        Assert.Equal(old.Shape, current.Shape);
        Assert.NotEqual(old.Code, current.Code);
    }

    [Theory]
    [InlineData("count < 70000", "count <= 70000", false)]
    [InlineData("count < 70000", "count < 70001", true)]
    [InlineData("\"sold \"", "\"bought \"", true)]
    [InlineData("public Class<?> type()", "public Class<?> kind()", true)]
    [InlineData("later.run();", "later.run(); later.run();", false)]
    [InlineData("later.run();", "new Thread(later).start();", true)]
    public void A_change_of_the_source_changes_the_fingerprint(string before, string after, bool changesShape)
    {
        var old = Compile(Source).Print(Name);
        var changed = Compile(Source.Replace(before, after, StringComparison.Ordinal)).Print(Name);
        Assert.Equal(Source.Contains(before, StringComparison.Ordinal), old.Code != changed.Code);
        Assert.Equal(changesShape, old.Shape != changed.Shape);
    }

    [Fact]
    public void Small_classes_tell_nothing()
    {
        Assert.False(JavaSources.Compile("a:b", "1", Sources("org/acme/Mark", "package org.acme; public interface Mark { }")).Print("org/acme/Mark").IsTelling);
        Assert.True(Compile(Source).Print(Name).IsTelling);
    }

    [Fact]
    public void What_is_cut_off_is_refused()
    {
        var bytes = Compile(Source).Classes[Name];
        var fingerprinter = new ClassFingerprinter();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(fingerprinter.TryRead(bytes.AsSpan(0, length), out var name, out _, out var refusal));
            Assert.Empty(name);
            Assert.NotNull(refusal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("CAFEBABE")]
    [InlineData("504B0304")]
    [InlineData("CAFEBABE0000003DFFFF")]
    [InlineData("CAFEBABE000000470001000000000000")]
    [InlineData("CAFEBABE0000003D00020C00010001")]
    [InlineData("CAFEBABE0000003D000205000000000000000A")]
    public void What_is_no_class_is_refused(string hex) => Assert.False(new ClassFingerprinter().TryRead(Convert.FromHexString(hex), out _, out _, out _));

    [Fact]
    public void Broken_classes_end_as_refusals_or_as_classes()
    {
        byte[][] whole = [.. Compile(Source).Classes.Values];
        var fingerprinter = new ClassFingerprinter();
        Fuzz.Run(random =>
        {
            var bytes = (byte[])whole[random.Next(whole.Length)].Clone();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                bytes[random.Next(8, bytes.Length)] = (byte)random.Next(256);
            }

            var isRead = fingerprinter.TryRead(
                bytes.AsSpan(0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length),
                out _,
                out var print,
                out var refusal
            );
            Assert.Equal(isRead, refusal is null);
            Assert.True(isRead || print == default);
        });
    }

    [Fact]
    public void Many_constants_of_one_long_text_take_no_longer_than_their_size()
    {
        // 21,000 strings that all are the same 60,000 bytes: 1.2 GB, were each looked at.
        const int Strings = 21_000;
        var bytes = new MemoryStream();
        Span<byte> number = stackalloc byte[2];
        void U2(Span<byte> buffer, int value)
        {
            BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)value);
            bytes.Write(buffer);
        }

        bytes.Write([0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 52]);
        U2(number, Strings + 3);
        bytes.WriteByte(1);
        U2(number, 60_000);
        bytes.Write(Enumerable.Repeat("ab.c d/"u8.ToArray(), 60_000).SelectMany(part => part).Take(60_000).ToArray());
        bytes.Write([7, 0, 1]);
        for (var i = 0; i < Strings; i++)
        {
            bytes.Write([8, 0, 1]);
        }

        U2(number, 0);
        U2(number, 2);
        bytes.Write(new byte[10]);
        var watch = Stopwatch.StartNew();
        Assert.True(new ClassFingerprinter().TryRead(bytes.ToArray(), out _, out _, out var refusal), refusal);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 2000);
    }

    private static PackagedLibrary Compile(string source, string options = "-g") => JavaSources.Compile("org.acme:shop", "1.0", Sources(Name, source), options);

    private static Dictionary<string, string> Sources(string name, string source) => new(StringComparer.Ordinal) { [name] = source };
}
