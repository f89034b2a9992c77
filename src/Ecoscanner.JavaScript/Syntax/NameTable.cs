using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Ecoscanner.JavaScript.Syntax;

/// <summary>The distinct names of one source, each with a number, so that comparing names is comparing numbers. Texts are made when asked for.</summary>
public sealed class NameTable
{
    // First: the entries below are made with it.
    private static readonly ulong Seed = (ulong)RandomNumberGenerator.GetInt32(int.MaxValue) * 0x1_0000_0001;

    private static readonly Entry[] SeedEntries = MakeSeed(out SeedBuckets);
    private static readonly int[] SeedBuckets;

    private readonly string _source;
    private Entry[] _entries;
    private int[] _buckets;
    private string?[] _texts = [];
    private int _count;

    internal NameTable(string source)
    {
        _source = source;
        var room = Math.Max(SeedEntries.Length * 2, (int)Math.Min((source.Length / 40) + 64, 1 << 16));
        _entries = new Entry[room];
        SeedEntries.CopyTo(_entries, 0);
        _buckets = (int[])SeedBuckets.Clone();
        _count = SeedEntries.Length;
    }

    /// <summary>How many numbers are in use; numbers run from 1 to one below it.</summary>
    public int Count => _count;

    /// <summary>The text of that number; empty for 0.</summary>
    public string Text(int number)
    {
        if (number < WellKnownNames.Texts.Length)
        {
            return WellKnownNames.Texts[number];
        }

        if (_texts.Length < _count)
        {
            Array.Resize(ref _texts, _count);
        }

        ref readonly var entry = ref _entries[number];
        return entry.Escaped ?? (_texts[number] ??= _source.Substring(entry.Start, entry.Length));
    }

    /// <summary>The number of that text, or 0 where the source has no such name.</summary>
    public int Find(ReadOnlySpan<char> text)
    {
        var hash = Hash(text);
        for (var number = _buckets[(int)(hash & (uint)(_buckets.Length - 1))]; number != 0; number = _entries[number].Next)
        {
            if (_entries[number].Hash == hash && Read(_entries[number], number).SequenceEqual(text))
            {
                return number;
            }
        }

        return 0;
    }

    /// <summary>The number of the name that stands in the source at <paramref name="start"/>.</summary>
    internal int Intern(int start, int length)
    {
        var text = _source.AsSpan(start, length);
        var hash = Hash(text);
        ref var bucket = ref _buckets[(int)(hash & (uint)(_buckets.Length - 1))];
        for (var number = bucket; number != 0; number = _entries[number].Next)
        {
            ref readonly var entry = ref _entries[number];
            if (entry.Hash == hash && entry.Length == length && Read(entry, number).SequenceEqual(text))
            {
                return number;
            }
        }

        return Add(
            new()
            {
                Hash = hash,
                Start = start,
                Length = length,
            }
        );
    }

    /// <summary>The number of a name that is written with escapes, or is made up.</summary>
    internal int Intern(string text)
    {
        var known = Find(text);
        return known != 0
            ? known
            : Add(
                new()
                {
                    Hash = Hash(text),
                    Length = text.Length,
                    Escaped = text,
                }
            );
    }

    private int Add(Entry entry)
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _count * 2);
        }

        if (_count > _buckets.Length)
        {
            Grow();
        }

        ref var bucket = ref _buckets[(int)(entry.Hash & (uint)(_buckets.Length - 1))];
        entry.Next = bucket;
        _entries[_count] = entry;
        bucket = _count;
        return _count++;
    }

    private void Grow()
    {
        _buckets = new int[_buckets.Length * 4];
        for (var number = 1; number < _count; number++)
        {
            ref var bucket = ref _buckets[(int)(_entries[number].Hash & (uint)(_buckets.Length - 1))];
            _entries[number].Next = bucket;
            bucket = number;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<char> Read(in Entry entry, int number) =>
        number < WellKnownNames.Texts.Length ? WellKnownNames.Texts[number]
        : entry.Escaped is null ? _source.AsSpan(entry.Start, entry.Length)
        : entry.Escaped;

    // Four characters a step; seeded, so that a source can't be written whose names all share a bucket.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(ReadOnlySpan<char> text)
    {
        const ulong Factor = 0x9E3779B97F4A7C15;
        var hash = Seed ^ (ulong)text.Length;
        ref var current = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(text));
        var left = text.Length;
        for (; left >= 4; left -= 4)
        {
            hash = (hash ^ Unsafe.ReadUnaligned<ulong>(ref current)) * Factor;
            hash ^= hash >> 32;
            current = ref Unsafe.Add(ref current, 8);
        }

        if (left >= 2)
        {
            hash = (hash ^ Unsafe.ReadUnaligned<uint>(ref current)) * Factor;
            hash ^= hash >> 32;
            current = ref Unsafe.Add(ref current, 4);
        }

        if ((left & 1) != 0)
        {
            hash = (hash ^ Unsafe.ReadUnaligned<ushort>(ref current)) * Factor;
        }

        return (uint)(hash >> 32);
    }

    private static Entry[] MakeSeed(out int[] buckets)
    {
        var texts = WellKnownNames.Texts;
        var entries = new Entry[texts.Length];
        buckets = new int[512];
        for (var number = 1; number < texts.Length; number++)
        {
            var hash = Hash(texts[number]);
            ref var bucket = ref buckets[(int)(hash & (uint)(buckets.Length - 1))];
            entries[number] = new()
            {
                Hash = hash,
                Length = texts[number].Length,
                Next = bucket,
            };
            bucket = number;
        }

        return entries;
    }

    private struct Entry
    {
        public uint Hash;
        public int Start;
        public int Length;
        public int Next;

        /// <summary>The text where the source has it with escapes.</summary>
        public string? Escaped;
    }
}
