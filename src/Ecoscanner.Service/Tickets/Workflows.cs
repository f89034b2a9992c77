using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ecoscanner.Service.Access;

namespace Ecoscanner.Service.Tickets;

/// <summary>The workflows and their statuses, as the program brings them.</summary>
public static partial class Workflows
{
    public const string Ecoscanner = "ecoscanner-vulnerability";
    public const string Security = "security-vulnerability";

    private static readonly Document Data = Read();

    private static readonly FrozenDictionary<string, Status> ByName = Data.Statuses.ToFrozenDictionary(status => status.Name);

    public static IReadOnlyList<Workflow> All => Data.Workflows;

    public static IReadOnlyList<Status> Statuses => Data.Statuses;

    public static Workflow Of(string name) => Data.Workflows.First(workflow => workflow.Name == name);

    public static Status Status(string name) => ByName[name];

    public static bool HasStatus(string name) => ByName.ContainsKey(name);

    private static Document Read()
    {
        using var stream = typeof(Workflows).Assembly.GetManifestResourceStream("workflows.json")!;
        return JsonSerializer.Deserialize(stream, WorkflowShape.Default.Document)!;
    }

    internal sealed record Document(IReadOnlyList<Status> Statuses, IReadOnlyList<Workflow> Workflows);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        Converters = [typeof(Words<Side>), typeof(Words<Capability>)]
    )]
    [JsonSerializable(typeof(Document))]
    private sealed partial class WorkflowShape : JsonSerializerContext;

    private sealed class Words<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
        where T : struct, Enum;
}
