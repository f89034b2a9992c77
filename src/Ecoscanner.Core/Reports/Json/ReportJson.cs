using System.Text.Json;
using System.Text.Json.Serialization;
using Ecoscanner.Findings;
using Ecoscanner.Rules;

namespace Ecoscanner.Reports.Json;

/// <summary>How the report's shape is written as JSON and read back.</summary>
[JsonSerializable(typeof(ReportShape))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = BoundedJson.MaximumDepth,
    Converters = [
        typeof(WordOf<Severity>),
        typeof(WordOf<Confidence>),
        typeof(WordOf<Verdict>),
        typeof(WordOf<InconclusiveCause>),
        typeof(WordOf<BaselineState>),
        typeof(WordOf<ExemptionSource>),
    ]
)]
internal sealed partial class ReportJson : JsonSerializerContext
{
    /// <summary>An enumeration's value as <see cref="Words"/> writes it; no numbers.</summary>
    internal sealed class WordOf<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
        where T : struct, Enum;
}
