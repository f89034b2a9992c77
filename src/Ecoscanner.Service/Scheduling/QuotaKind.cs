using System.Collections.Frozen;

namespace Ecoscanner.Service.Scheduling;

/// <summary>What partners share.</summary>
public enum QuotaKind
{
    /// <summary>Files a day.</summary>
    Uploads,

    /// <summary>Bytes of them a day.</summary>
    UploadedBytes,

    /// <summary>Seconds of processors a day, of scans that were asked for.</summary>
    ProcessorSeconds,

    /// <summary>Scans asked for a day.</summary>
    Rescans,

    /// <summary>Bytes that are kept.</summary>
    StoredBytes,

    /// <summary>Streams of events open at the same time.</summary>
    Streams,
}

/// <summary>A quota as the API writes it.</summary>
public static class QuotaWords
{
    private static readonly FrozenDictionary<string, QuotaKind> Kinds = Enum.GetValues<QuotaKind>()
        .ToFrozenDictionary(kind => kind.Word(), StringComparer.Ordinal);

    public static string Word(this QuotaKind kind) =>
        kind switch
        {
            QuotaKind.Uploads => "uploads",
            QuotaKind.UploadedBytes => "uploaded-bytes",
            QuotaKind.ProcessorSeconds => "processor-seconds",
            QuotaKind.Rescans => "rescans",
            QuotaKind.StoredBytes => "stored-bytes",
            _ => "streams",
        };

    /// <summary>What it is counted over: <c>day</c> (UTC), <c>kept</c> or <c>at-once</c>.</summary>
    public static string Per(this QuotaKind kind) =>
        kind switch
        {
            QuotaKind.StoredBytes => "kept",
            QuotaKind.Streams => "at-once",
            _ => "day",
        };

    /// <summary>Null where there is none such.</summary>
    public static QuotaKind? Parse(string word) => Kinds.TryGetValue(word, out var kind) ? kind : null;
}
