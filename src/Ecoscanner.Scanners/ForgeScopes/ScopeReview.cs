using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.Rules;
using Ecoscanner.Scanners.ForgePrograms;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.ForgeScopes;

/// <summary>Judges each scope that a manifest declares.</summary>
internal sealed class ScopeReview(ScanContext context, ForgeApp app, ScopeUses uses)
{
    // A manifest's text may be as long as the file; evidence is read by people.
    private const int MaximumShown = 120;
    private const int MaximumNamed = 6;

    private readonly HashSet<string> declared = app.Manifest.Permissions.Scopes.Select(scope => scope.Name.Value).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<Rule> spoken = [];

    public void Judge(CancellationToken cancellation)
    {
        if (app.Manifest.IsPartial)
        {
            var gap = app.Manifest.Problems.First(problem => problem.Kind is ManifestProblemKind.NotRead);
            foreach (var rule in (Rule[])[ForgeScopesScanner.UnusedScope, ForgeScopesScanner.BroadScope])
            {
                spoken.Add(rule);
                context.Undecide(rule, At(gap.Place), $"a part of the manifest was not read: {gap.Message}");
            }

            return;
        }

        foreach (var scope in app.Manifest.Permissions.Scopes.Select(scope => scope.Name).DistinctBy(name => name.Value, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            Judge(scope, ScopeName.Of(scope.Value));
        }

        Otherwise(ForgeScopesScanner.UnusedScope, $"every scope is needed ({declared.Count})");
        Otherwise(ForgeScopesScanner.BroadScope, $"no smaller scope does in place of any ({declared.Count})");
    }

    private void Judge(ForgeText text, ScopeName scope)
    {
        var open = uses.Open.FirstOrDefault(need => need.Covers(scope));
        if (uses.IsNeeded(scope))
        {
            JudgeBreadth(text, scope, open);
        }
        else if (!text.IsFixed)
        {
            UndecideBoth(text, scope, $"{Quote(scope.Text)} is known at deployment only");
        }
        else if (scope.Product is null && scope.Text is not (ScopeName.Storage or ScopeName.UserToken or ScopeName.SystemToken))
        {
            Undecide(ForgeScopesScanner.UnusedScope, text, $"what needs {Quote(scope.Text)} is not known to this program");
        }
        else if (open is not null)
        {
            UndecideBoth(text, scope, $"no call that is known needs {Quote(scope.Text)}, and {open.Reason}");
        }
        else if (MeantFor(scope) is { } operation)
        {
            Report(
                ForgeScopesScanner.BroadScope,
                text,
                $"the scope {Quote(scope.Text)} lets the app change what it only reads: {operation}",
                $"{Quote(scope.Reading)}, which is what that needs"
            );
        }
        else
        {
            Report(
                ForgeScopesScanner.UnusedScope,
                text,
                $"the scope {Quote(scope.Text)} is declared, and {Uses(scope)}",
                "only scopes that something needs; without this one nothing is lost"
            );
        }
    }

    // What it was likely declared for, as a scope to write is often taken to let read as well.
    private ProductOperation? MeantFor(ScopeName scope) =>
        scope.IsRead || declared.Contains(scope.Reading)
            ? null
            : uses.OperationsWith(scope.Reading).FirstOrDefault(operation => !operation.Alternatives.Any(set => set.All(declared.Contains)));

    private void JudgeBreadth(ForgeText text, ScopeName scope, OpenNeed? open)
    {
        if (!scope.IsClassic || uses.OperationsWith(scope.Text) is not { Count: > 0 } operations)
        {
            return;
        }

        var smaller = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var operation in operations)
        {
            var enough = operation
                .Alternatives.Where(set => !set.IsEmpty && !set.Contains(scope.Text, StringComparer.Ordinal))
                .Where(set => set.All(declared.Contains) || (!scope.IsRead && set.All(ScopeName.IsReading)))
                .OrderBy(set => set.All(declared.Contains) ? 0 : 1)
                .ThenBy(set => set.Length)
                .FirstOrDefault();
            if (enough.IsDefaultOrEmpty)
            {
                return;
            }

            smaller.UnionWith(enough);
        }

        if (open is not null)
        {
            Undecide(ForgeScopesScanner.BroadScope, text, $"smaller scopes than {Quote(scope.Text)} do for all calls that are known, and {open.Reason}");
            return;
        }

        var all =
            operations.Count == 1
                ? $"{operations[0]}, which is all it is needed for"
                : $"all {operations.Count} operations it is needed for, such as {operations[0]}";
        Report(
            ForgeScopesScanner.BroadScope,
            text,
            scope.IsRead || smaller.All(declared.Contains)
                ? $"the scope {Quote(scope.Text)} is declared beside smaller ones, which do for {all}"
                : $"the scope {Quote(scope.Text)} lets the app change what it only reads: {all}",
            $"{string.Join(", ", smaller.Take(MaximumNamed).Select(Quote))}{(smaller.Count > MaximumNamed ? $" and {smaller.Count - MaximumNamed} more" : "")} instead of it"
        );
    }

    private string Uses(ScopeName scope) =>
        scope.Text switch
        {
            ScopeName.Storage => "the app stores nothing on the platform",
            ScopeName.UserToken or ScopeName.SystemToken => "no remote or endpoint gets such a token",
            _ => uses.Calls.Count(call => call.Call.Product == scope.Product) switch
            {
                0 => $"the app calls no API of {scope.Product}",
                1 => $"the app's only call of {scope.Product}'s API does not need it",
                var count => $"none of the app's {count} calls of {scope.Product}'s API needs it",
            },
        };

    private void Report(Rule rule, ForgeText text, string observed, string expected)
    {
        spoken.Add(rule);
        context.Report(rule, app.InManifest($"permissions.scopes/{text.Value}", text.Place), new Evidence(observed, expected));
    }

    // Where it is not known what needs it, a smaller one may do; none is smaller than one that only reads.
    private void UndecideBoth(ForgeText text, ScopeName scope, string reason)
    {
        Undecide(ForgeScopesScanner.UnusedScope, text, reason);
        if (!scope.IsRead && (scope.Product is not null || !text.IsFixed))
        {
            Undecide(ForgeScopesScanner.BroadScope, text, reason);
        }
    }

    private void Undecide(Rule rule, ForgeText text, string reason)
    {
        spoken.Add(rule);
        context.Undecide(rule, At(text.Place), reason, InconclusiveCause.Ambiguous);
    }

    private void Otherwise(Rule rule, string reason)
    {
        if (spoken.Add(rule))
        {
            context.Pass(rule, null, reason);
        }
    }

    private string At(ManifestPlace place) => app.InManifest("", place).ToString();

    private static string Quote(string text) => text.Length > MaximumShown ? $"\"{text[..MaximumShown]}...\"" : $"\"{text}\"";
}
