using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>Tells of expressions whether they are the answers of guards, where more than their paths has to be looked at.</summary>
internal interface IGuardJudge
{
    string Rule { get; }

    /// <summary>Where such answers are.</summary>
    IEnumerable<Instance> Places { get; }

    /// <summary>Whether a guard of the subject was passed if the expression's value is such.</summary>
    /// <param name="isStrict">Whether an answer whose meaning is not known has the meaning that it has as a rule; else it may have any.</param>
    /// <param name="trace">Is told what the answer depends on.</param>
    bool IsAnswer(Instance instance, Node expression, Outcome outcome, bool isAwaited, string? subject, bool isStrict, GuardTrace trace);
}
