using Ecoscanner.Service.Access;

namespace Ecoscanner.Service.Tickets;

/// <summary>One kind of ticket: the statuses it can have, and who may move it from which to which. Data, in <c>workflows.json</c>.</summary>
/// <param name="InitialBySource">Where a source begins elsewhere than in <paramref name="Initial"/>.</param>
public sealed record Workflow(
    string Name,
    string Title,
    string Means,
    string Initial,
    IReadOnlyDictionary<string, string> InitialBySource,
    IReadOnlyList<string> Statuses,
    IReadOnlyList<Transition> Transitions
)
{
    /// <summary>Null where the workflow has no transition of that name.</summary>
    public Transition? Transition(string name) => Transitions.FirstOrDefault(transition => transition.Name == name);

    public string InitialFor(string source) => InitialBySource.GetValueOrDefault(source, Initial);
}

/// <summary>What a ticket is at.</summary>
/// <param name="Move">Whose move it is; null where nobody has to do anything.</param>
/// <param name="Ours">True where Atlassian's own workflow is not known to have it.</param>
/// <param name="Means">For the partner.</param>
public sealed record Status(string Name, string Title, Side? Move, bool Open, bool Ours, string Means);

/// <summary>One move from some statuses to another.</summary>
/// <param name="Requires">Fields without which it is not made.</param>
/// <param name="Allows">Fields that may come too; all others are refused.</param>
public sealed record Transition(
    string Name,
    IReadOnlyList<string> From,
    string To,
    Side Side,
    Capability Capability,
    IReadOnlyList<string> Requires,
    IReadOnlyList<string> Allows,
    string Means
);

/// <summary>Who moves a ticket.</summary>
public enum Side
{
    Partner,
    Staff,

    /// <summary>The program itself.</summary>
    Platform,
}
