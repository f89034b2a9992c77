using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>
/// Follows exports from module to module. Each question asks each module at most once for each name, as ECMA-262 has it (its resolveSet),
/// so that diamonds take no more time than chains; what is still to be asked stands on a stack of its own, so that chains may be long.
/// </summary>
internal sealed partial class ExportLinker
{
    private static readonly LinkAnswer Begun = LinkAnswer.NotFound(null);

    private readonly ConcurrentDictionary<ExportQuestion, ExportResolution> answers = new();

    public ExportResolution Resolve(GraphModule module, string name, bool isLiteral) =>
        answers.GetOrAdd(new(module, name, isLiteral), static question => Follow(question, null).ToResolution());

    public static ExportResolution Resolve(GraphModule module, ImportEntry entry)
    {
        var way = LinkStep.To(module, null);
        var (question, answer) = Target(module, entry, way);
        return question is { } next ? Follow(next, way).ToResolution() : answer!.ToResolution();
    }

    private static LinkAnswer Follow(ExportQuestion question, LinkStep? way)
    {
        var asked = new HashSet<ExportQuestion>();
        var frames = new Stack<LinkFrame>();
        var next = question;
        var step = way;
        while (true)
        {
            var answer = Ask(ref next, ref step, asked, frames);
            if (answer is null)
            {
                continue;
            }

            // A frame that was just begun has no answer to take yet.
            var isBegun = ReferenceEquals(answer, Begun);
            while (true)
            {
                if (!frames.TryPeek(out var frame))
                {
                    return answer;
                }

                if (!isBegun)
                {
                    frame.Take(answer);
                }

                isBegun = false;
                if (frame.IsDone)
                {
                    answer = frames.Pop().Answer;
                    continue;
                }

                var choice = frame.Next();
                if (choice.Question is not { } another)
                {
                    answer = choice.Answer!;
                    continue;
                }

                // What another star has asked already is no cycle and says nothing new.
                if (frame.IsOfStars && asked.Contains(another))
                {
                    answer = LinkAnswer.NotFound(frame.Way);
                    continue;
                }

                (next, step) = (another, frame.Way);
                break;
            }
        }
    }

    /// <summary>Answers, or puts another question in place of this one (null).</summary>
    private static LinkAnswer? Ask(ref ExportQuestion question, ref LinkStep? way, HashSet<ExportQuestion> asked, Stack<LinkFrame> frames)
    {
        var (module, name, isLiteral) = question;
        way = LinkStep.To(module, way);
        if (module.IsJson)
        {
            return OfJson(module, name, isLiteral, way);
        }

        if (module.Record is not { } record)
        {
            return new(ExportResolutionKind.Unknown, way) { Gap = new(ModuleGapKind.Content, default, $"{module.Path} {module.Problem}.") };
        }

        if (name == ImportEntry.All)
        {
            return LinkAnswer.Found(Namespace(module, record), way);
        }

        if (!asked.Add(question))
        {
            return new(ExportResolutionKind.Cycle, way);
        }

        if (name == ExportEntry.WholeName)
        {
            return record.Wholes.IsEmpty ? LinkAnswer.Found(Namespace(module, record), way) : Choose(module, record.Wholes, ref question, way, frames);
        }

        if (record.ExportsNamed(name) is { IsEmpty: false } entries)
        {
            return Choose(module, entries, ref question, way, frames);
        }

        if (name == ExportEntry.Default && !isLiteral)
        {
            if (!record.Wholes.IsEmpty || (record.Format is ModuleFormat.CommonJs or ModuleFormat.Script && !record.IsCompiled))
            {
                question = new(module, ExportEntry.WholeName, IsLiteral: true);
                return null;
            }

            return Missing(module, record, way);
        }

        return AskStars(module, record, name, way, frames);
    }

    // One entry is followed at once; of several, all are.
    private static LinkAnswer? Choose(
        GraphModule module,
        ImmutableArray<ExportEntry> entries,
        ref ExportQuestion question,
        LinkStep way,
        Stack<LinkFrame> frames
    )
    {
        if (entries.Length > 1)
        {
            frames.Push(new([.. entries.Select(entry => Follow(module, entry, way))], LinkAnswer.NotFound(way), way));
            return Begun;
        }

        var (next, answer) = Follow(module, entries[0], way);
        question = next ?? question;
        return answer;
    }

    private static (ExportQuestion? Question, LinkAnswer? Answer) Follow(GraphModule module, ExportEntry entry, LinkStep way) =>
        entry.From is { } from
            ? Target(module, from, way)
            : (null, LinkAnswer.Found(new(module, ExportDefinitionKind.Value, entry.Symbol, entry.Value) { Entry = entry }, way));

    private static LinkAnswer AskStars(GraphModule module, ModuleRecord record, string name, LinkStep way, Stack<LinkFrame> frames)
    {
        var choices = new List<(ExportQuestion? Question, LinkAnswer? Answer)>();
        var conflicts = false;
        foreach (var star in record.Stars)
        {
            if (name != ExportEntry.Default || star.TakesDefault)
            {
                conflicts |= !star.IsAssigned;
                choices.Add(Member(module, star.From!, name, way));
            }
        }

        foreach (var whole in record.Wholes)
        {
            if (whole.From is { } from)
            {
                choices.Add(
                    from.Part == ImportedPart.Name
                        ? (
                            null,
                            new(ExportResolutionKind.Unknown, way)
                            {
                                Gap = new(ModuleGapKind.Exports, whole.Node, "It is a value of another module, which may have members."),
                            }
                        )
                        : Member(module, from, name, way)
                );
            }
        }

        if (choices.Count == 0)
        {
            return Missing(module, record, way);
        }

        frames.Push(new(choices, Missing(module, record, way), way) { IsOfStars = true, Conflicts = conflicts });
        return Begun;
    }

    private static (ExportQuestion? Question, LinkAnswer? Answer) Member(GraphModule module, ImportEntry from, string name, LinkStep way) =>
        Target(module, from.Part == ImportedPart.Name ? from : from.Member(name, from.Node), way);

    private static LinkAnswer Missing(GraphModule module, ModuleRecord record, LinkStep way) =>
        record.Gaps.FirstOrDefault(gap => gap.Kind == ModuleGapKind.Exports) is { } gap ? new(ExportResolutionKind.Unknown, way) { Gap = gap }
        : module.Problem is { } problem ? new(ExportResolutionKind.Unknown, way) { Gap = new(ModuleGapKind.Content, default, $"{module.Path} {problem}.") }
        : LinkAnswer.NotFound(way);

    /// <summary>What is to be asked of the module that an entry takes from; an answer where it is none of the graph.</summary>
    private static (ExportQuestion? Question, LinkAnswer? Answer) Target(GraphModule module, ImportEntry entry, LinkStep way)
    {
        var target = module.Targets[entry.Request.Index];
        var found = target.Module ?? (target.Candidates is [var only] ? only : null);
        if (found is not null)
        {
            var name = entry.Part switch
            {
                ImportedPart.Name => entry.Name,
                ImportedPart.Namespace => ImportEntry.All,
                _ => ExportEntry.WholeName,
            };
            return (new(found, name, entry.IsLiteral || entry.Part == ImportedPart.Module), null);
        }

        if (target.Resolution is null)
        {
            var gap = new ModuleGap(ModuleGapKind.Request, entry.Request.Node, "The module that is asked for is worked out while running.");
            return (null, new(ExportResolutionKind.Unknown, way) { Gap = gap });
        }

        return (null, new(ExportResolutionKind.External, way) { External = target.Resolution, ExternalName = entry.Name });
    }

    private static ExportDefinition Namespace(GraphModule module, ModuleRecord record) =>
        new(module, ExportDefinitionKind.Namespace, default, record.Tree.Root);

    private static LinkAnswer OfJson(GraphModule module, string name, bool isLiteral, LinkStep way)
    {
        var isWhole = name is ImportEntry.All or ExportEntry.WholeName || (name == ExportEntry.Default && !isLiteral);
        return isWhole ? LinkAnswer.Found(new(module, ExportDefinitionKind.Json, default, default), way)
            : module.JsonNames.Contains(name, StringComparer.Ordinal)
                ? LinkAnswer.Found(new(module, ExportDefinitionKind.Json, default, default) { JsonName = name }, way)
            : LinkAnswer.NotFound(way);
    }
}
