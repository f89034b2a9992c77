using Ecoscanner.JavaScript.Taint;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>What effects act upon, and what guards are about.</summary>
internal static class Subjects
{
    /// <summary>Whether a guard that was made of these is about what the effect acts upon: one thing that the caller chooses, with all that it may be.</summary>
    /// <param name="isForAll">Whether a guard about nothing in particular is good for all.</param>
    public static bool AreCovered(ReachCondition condition, IEnumerable<Origin> guarded, bool isForAll)
    {
        var chosen = condition.Subjects.Select(NamesOf).Where(names => names.Count > 0).ToList();
        if (chosen.Count == 0)
        {
            return true;
        }

        var about = NamesOf(guarded);
        // Who is handed all that the caller sends can look at all of it.
        return about.Count == 0 ? isForAll : about.Contains(ForgeOrigins.Caller) || chosen.Exists(names => names.IsSubsetOf(about));
    }

    private static HashSet<string> NamesOf(IEnumerable<Origin> origins) =>
        origins.Where(ForgeOrigins.IsCallers).Select(origin => origin.Name).ToHashSet(StringComparer.Ordinal);
}
