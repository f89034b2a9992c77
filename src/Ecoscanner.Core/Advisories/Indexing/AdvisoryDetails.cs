using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Ecoscanner.Packages;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>What of an advisory is only shown: everything but its id and its ranges.</summary>
internal static class AdvisoryDetails
{
    public static void Write(Advisory advisory, SectionWriter to)
    {
        to.Number((ulong)advisory.Aliases.Length);
        foreach (var alias in advisory.Aliases)
        {
            to.Text(alias);
        }

        to.Text(advisory.Summary);
        to.Time(advisory.Published);
        to.Time(advisory.Modified);
        to.Time(advisory.Withdrawn);
        if (advisory.Score is { } score)
        {
            to.Number(1);
            to.Row(score.Base);
            to.Text(score.Vector);
            to.Text(score.Reason);
        }
        else
        {
            to.Number(0);
        }

        to.Number((ulong)advisory.Weaknesses.Length);
        foreach (var weakness in advisory.Weaknesses)
        {
            to.Number((uint)weakness);
        }

        to.Number((ulong)advisory.References.Length);
        foreach (var reference in advisory.References)
        {
            to.Text(reference.OriginalString);
        }

        to.Number((ulong)advisory.Sources.Length);
        foreach (var (name, record, licence, note) in advisory.Sources)
        {
            to.Text(name);
            to.Text(record);
            to.Text(licence);
            to.Text(note);
        }
    }

    public static Advisory Read(string id, bool isMalicious, ref BlockReader from) =>
        new()
        {
            Id = id,
            IsMalicious = isMalicious,
            Aliases = Texts(ref from),
            Summary = from.Text(),
            Published = from.Time(),
            Modified = from.Time(),
            Withdrawn = from.Time(),
            Score = from.Number() == 0 ? null : new AdvisoryScore(from.Double(), from.TextOrNull(), from.Text()),
            Weaknesses = Numbers(ref from),
            References = [.. Texts(ref from).Select(text => Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : null).OfType<Uri>()],
            Sources = Sources(ref from),
        };

    /// <summary>Eight bytes of a hash over all that decides what it matches and how severe that is.</summary>
    public static ulong Digest(Advisory advisory, SectionWriter scratch)
    {
        scratch.Clear();
        scratch.Number((advisory.IsMalicious ? 1u : 0) + (advisory.Withdrawn is null ? 0u : 2));
        scratch.Row(advisory.Score?.Base ?? -1);
        var affected = advisory
            .Affected.OrderBy(one => one.Ecosystem)
            .ThenBy(one => one.Name, StringComparer.Ordinal)
            .ThenBy(one => one.Source, StringComparer.Ordinal);
        foreach (var one in affected)
        {
            scratch.Number((ulong)one.Ecosystem);
            scratch.Text(one.Name);
            scratch.Number((ulong)one.Ranges.Length);
            foreach (var range in one.Ranges)
            {
                scratch.Number((range.IncludesFrom ? 1u : 0) + (range.IncludesTo ? 2u : 0) + (range.From is null ? 4u : 0) + (range.To is null ? 8u : 0));
                scratch.Text(range.From);
                scratch.Text(range.To);
            }

            scratch.Number((ulong)one.Versions.Length);
            foreach (var version in one.Versions)
            {
                scratch.Text(version);
            }
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(scratch.Written.Span, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    private static ImmutableArray<string> Texts(ref BlockReader from)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        for (var count = from.Count(); count > 0; count--)
        {
            texts.Add(from.Text());
        }

        return texts.DrainToImmutable();
    }

    private static ImmutableArray<int> Numbers(ref BlockReader from)
    {
        var numbers = ImmutableArray.CreateBuilder<int>();
        for (var count = from.Count(); count > 0; count--)
        {
            numbers.Add((int)from.Number());
        }

        return numbers.DrainToImmutable();
    }

    private static ImmutableArray<AdvisorySource> Sources(ref BlockReader from)
    {
        var sources = ImmutableArray.CreateBuilder<AdvisorySource>();
        for (var count = from.Count(); count > 0; count--)
        {
            sources.Add(new AdvisorySource(from.Text(), from.Text(), from.TextOrNull(), from.TextOrNull()));
        }

        return sources.DrainToImmutable();
    }
}
