using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>What an answer about guards depends on, beside the place that it was asked about.</summary>
[Flags]
internal enum GuardUses
{
    None = 0,

    /// <summary>What the guard has to be about.</summary>
    Subject = 1,

    /// <summary>What the function was called with.</summary>
    Frame = 2,

    /// <summary>That it was asked within other questions: a limit was met, or one of those was taken to be answered with no.</summary>
    Around = 4,
}

/// <summary>What the answer that is being looked for has come to depend on, and which guards it has met.</summary>
internal sealed class GuardTrace
{
    private int lowest = int.MaxValue;

    public GuardUses Uses { get; set; }

    public List<Node> Accepted { get; } = [];

    /// <summary>Which question from outside it is; answers that depend on what is around them are good for one.</summary>
    public int Question { get; private set; }

    /// <summary>Begins with a question from outside.</summary>
    public void Restart()
    {
        Question++;
        (Uses, lowest) = (GuardUses.None, int.MaxValue);
    }

    /// <summary>A question that is asked within itself is answered with no.</summary>
    /// <param name="at">How deep the same question stands.</param>
    public void AssumeNo(int at) => lowest = Math.Min(lowest, at);

    public Mark Begin()
    {
        var mark = new Mark(Uses, lowest, Accepted.Count);
        (Uses, lowest) = (GuardUses.None, int.MaxValue);
        return mark;
    }

    /// <summary>What was found since, as far as it goes beyond the question at that depth.</summary>
    public (GuardUses Uses, Node[] Accepted) End(Mark mark, int at)
    {
        var found = Uses;
        var isWithin = lowest < at;
        var accepted = Accepted.Count == mark.Accepted ? [] : Accepted.Skip(mark.Accepted).Distinct().ToArray();
        (Uses, lowest) = (found | mark.Uses, isWithin ? Math.Min(mark.Lowest, lowest) : mark.Lowest);
        return (isWithin ? found | GuardUses.Around : found, accepted);
    }

    internal readonly record struct Mark(GuardUses Uses, int Lowest, int Accepted);
}

/// <summary>Answers about guards. Most are the same whatever an effect acts upon and whoever calls, and so are worked out once for all.</summary>
internal sealed class GuardMemory<TKey, TAnswer>(GuardTrace trace)
    where TKey : struct
{
    private const GuardUses Told = GuardUses.Subject | GuardUses.Frame;

    private readonly Dictionary<(TKey Key, string? Subject, string? Frame), Known> answers = [];

    /// <summary>The answer, if it was given.</summary>
    public bool TryRecall(TKey key, string? subject, Frame frame, out TAnswer answer)
    {
        // What is found without more says what else it depends on.
        if (
            answers.TryGetValue((key, null, null), out var known)
            && ((known.Uses & Told) == 0 || answers.TryGetValue(Specific(key, known.Uses, subject, frame), out known))
            && ((known.Uses & GuardUses.Around) == 0 || known.Question == trace.Question)
        )
        {
            trace.Uses |= known.Uses;
            trace.Accepted.AddRange(known.Accepted);
            answer = known.Answer;
            return true;
        }

        answer = default!;
        return false;
    }

    public void Remember(TKey key, string? subject, Frame frame, TAnswer answer, GuardUses uses, Node[] accepted)
    {
        var general = (key, (string?)null, (string?)null);
        var told = (uses | (answers.TryGetValue(general, out var known) ? known.Uses : GuardUses.None)) & Told;
        answers[general] = new(answer, uses | told, accepted, trace.Question);
        if (told != 0)
        {
            answers[Specific(key, told, subject, frame)] = new(answer, uses, accepted, trace.Question);
        }
    }

    private static (TKey Key, string? Subject, string? Frame) Specific(TKey key, GuardUses uses, string? subject, Frame frame) =>
        (key, (uses & GuardUses.Subject) != 0 ? subject ?? "" : null, (uses & GuardUses.Frame) != 0 ? frame.Name : null);

    private readonly record struct Known(TAnswer Answer, GuardUses Uses, Node[] Accepted, int Question);
}
