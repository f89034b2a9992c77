using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Tests.Taint;

/// <summary>Which entries of <see cref="ReachWorld"/> reach its effect, and with what.</summary>
public sealed class ReachAnalysisTests
{
    [Fact]
    public void Entries_are_told_apart() =>
        Assert.Equal(
            """
            open: act(request.id) open
            asks: act(request.id) guarded
            """,
            ReachWorld
                .Of(
                    """
                    const help = (what) => { act(what); };
                    export function open(request) { help(request.id); }
                    export function asks(request) { if (mayEdit(request.id)) help(request.id); }
                    export function idle(request) { log(request.id); }
                    """
                )
                .Told()
        );

    [Fact]
    public void An_entry_of_another_module_is_one() =>
        Assert.Equal(
            "run: act(request.id) open",
            ReachWorld
                .Of([
                    KeyValuePair.Create("main.js", "import { help } from './help.js';\nexport const run = (request) => { help(request.id); };"),
                    KeyValuePair.Create("help.js", "const help = (what) => { act(what); };\nexport { help };"),
                ])
                .Told()
        );

    // What it is handed from outside is not told apart from what the other hands over; that gives alarms, not misses.
    [Fact]
    public void An_entry_that_another_calls_is_both() =>
        Assert.Equal(
            """
            inner: act(request.id) open
            inner: act(request.id, request.name) open
            outer: act(request.id, request.name) open
            """,
            ReachWorld
                .Of(
                    """
                    export function inner(request) { act(request.id); }
                    export function outer(request) { if (mayEdit(request.name)) inner({ id: request.name }); }
                    """
                )
                .Told()
        );

    [Fact]
    public void What_one_entry_acts_upon_in_two_ways_is_two_reaches()
    {
        var told = ReachWorld
            .Of(
                """
                const help = (what, detail) => { act(what, detail); };
                export function run(request) { help('settings', 'constant'); help('settings', request.value); help(request.id); }
                """
            )
            .Analysis.Reaches.Select(reach => $"{ReachWorld.Told(reach)}; {ReachWorld.Names(reach.DetailOrigins)}");
        Assert.Equal(["run: act() open; ", "run: act() open; request.value", "run: act(request.id) open; "], told.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("act(request.id);", "request.id")]
    [InlineData("act(request.item.id);", "request.item.id")]
    [InlineData("act(request);", "request")]
    [InlineData("act('page');", "")]
    [InlineData("act(`page/${request.id}`);", "request.id")]
    [InlineData("act('page/' + encodeURIComponent(request.id));", "request.id")]
    [InlineData("const { id } = request; act(id);", "request.id")]
    [InlineData("const { id: { key: [first] } } = request; act(first);", "request.id.key")]
    [InlineData("const { id, ...rest } = request; act(id);", "request.id")]
    // What it is a part of, is not told.
    [InlineData("const all = { ...request, more: 1 }; act(all.id);", "request")]
    [InlineData("const all = { id: request.id, name: request.name }; act(all.id);", "request.id")]
    [InlineData("const list = [request.id]; act(list[0]);", "request.id")]
    [InlineData("for (const id of request.ids) act(id);", "request.ids")]
    [InlineData("request.ids.forEach((id) => act(id));", "request.ids")]
    [InlineData("await Promise.all(request.ids.map(async (id) => act(id)));", "request.ids")]
    [InlineData("const id = await Promise.resolve(request.id); act(id);", "request.id")]
    [InlineData("Promise.resolve(request.id).then((id) => act(id));", "request.id")]
    [InlineData("const run = () => act(request.id); run();", "request.id")]
    [InlineData("let id = request.id; if (request.name) { id = request.name; } act(id);", "request.id, request.name")]
    [InlineData("const id = request.id || request.name; act(id);", "request.id, request.name")]
    [InlineData("act(source(request.id));", "request.id, source")]
    [InlineData("const found = source(request.id); act(found.key);", "request.id, source")]
    [InlineData("const found = source('page'); act(found.key);", "source")]
    [InlineData("const { id } = JSON.parse(request.body); act(id);", "request.body")]
    public void Where_it_comes_from_is_told(string body, string origins)
    {
        var reach = Assert.Single(ReachWorld.Of(Wrapped(body)).Analysis.Reaches);
        Assert.Equal(origins, ReachWorld.Names(reach.Origins));
    }

    [Theory]
    [InlineData("const help = (what) => act(what); help(request.id); log(request.name);", "request.id")]
    [InlineData("const help = ({ what }) => act(what); help({ what: request.id, other: request.name });", "request.id")]
    [InlineData("const help = (...all) => act(all[0]); help(request.id);", "request.id")]
    [InlineData("const help = (name, what = request.id) => act(what); help(request.name);", "request.id")]
    [InlineData("const same = (x) => x; log(same(request.name)); act(same(request.id));", "request.id")]
    [InlineData("const pick = (x) => ({ what: x }); log(pick(request.name)); act(pick(request.id).what);", "request.id")]
    [InlineData("class A { constructor(x) { this.x = x; } go() { act(this.x); } } new A(request.id).go();", "request.id")]
    [InlineData("const bound = act.bind(null, request.id); bound();", "")]
    public void What_one_call_hands_over_does_not_come_out_of_another(string body, string origins)
    {
        var reach = Assert.Single(ReachWorld.Of(Wrapped(body)).Analysis.Reaches);
        Assert.Equal(origins, ReachWorld.Names(reach.Origins));
    }

    [Fact]
    public void A_whole_is_not_its_part()
    {
        var world = ReachWorld.Of(
            """
            export function whole(request) { if (mayEdit(request)) act(request.id); }
            export function part(request) { if (mayEdit(request.id)) act(request); }
            export function other(request) { if (mayEdit(request.name)) act(request.id); }
            export function same(request) { if (mayEdit(request.id)) act(request.id); }
            """
        );
        Assert.Equal(
            """
            whole: act(request.id) open
            part: act(request) open
            other: act(request.id) open
            same: act(request.id) guarded
            """,
            world.Told()
        );
    }

    [Theory]
    [InlineData("export function run(request) { return act(request.id); }", true)]
    [InlineData("export function run(request) { act(request.id); }", false)]
    [InlineData("export const run = (request) => act(request.id);", true)]
    [InlineData("export const run = async (request) => { const found = await act(request.id); return { found: [found.name] }; };", true)]
    [InlineData("export const run = async (request) => { const found = await act(request.id); log(found); return { ok: true }; };", false)]
    [InlineData("export const run = async (request) => { const found = await act(request.id); return mayEdit(request.id) ? found : null; };", false)]
    [InlineData("export const run = async (request) => { const found = await act(request.id); return mayEdit(request.id) ? null : found; };", true)]
    [InlineData("export const run = async (request) => { const found = await act(request.id); return mayEdit(request.id) && found; };", false)]
    [InlineData("export const run = async (request) => { const found = await act(request.id); if (!mayEdit(request.id)) return null; return found; };", false)]
    [InlineData("export const run = async (request) => { const found = await act(request.id); if (!mayEdit(request.id)) return found; return null; };", true)]
    [InlineData("const help = async (id) => act(id); export const run = (request) => help(request.id);", true)]
    [InlineData("const help = (id) => { const found = act(id); return mayEdit(id) ? found : null; }; export const run = (request) => help(request.id);", false)]
    [InlineData("const help = (id) => { const found = act(id); mayEdit(id); return found; }; export const run = (request) => help(request.id);", true)]
    [InlineData("export const run = (request) => { const found = act(request.ids); return found.filter((each) => mayEdit(each)); };", false)]
    [InlineData("export const run = (request) => { const found = act(request.ids); return found.filter((each) => each.name); };", true)]
    [InlineData(
        "export const run = (request) => { const list = []; for (const each of act('all')) { if (mayEdit(each)) list.push(each); } return list; };",
        false
    )]
    [InlineData("export const run = (request) => { const list = []; for (const each of act('all')) { mayEdit(each); list.push(each); } return list; };", true)]
    public void What_an_entry_gives_back_is_told(string source, bool isReturned) =>
        Assert.Equal(isReturned, Assert.Single(ReachWorld.Of(source).Analysis.Reaches).IsReturned);

    [Fact]
    public void Steps_are_a_way_that_people_can_follow()
    {
        var reach = Assert.Single(
            ReachWorld
                .Of(
                    """
                    const help = (what) => { if (what === 'none') return; act(what); };
                    export function run(request) { if (request.now) { help(request.id); } }
                    """
                )
                .Analysis.Reaches
        );
        var steps = reach.Steps.Select(step => $"{step.Kind} {step.Node.Text.ToString().Split('(')[0].Trim()}");
        Assert.Equal(["Entry function run", "Holds request.now", "Call help", "Fails what === 'none'", "Flow act"], steps);
        Assert.False(reach.IsMay);
    }

    [Fact]
    public void The_guards_that_decide_are_named()
    {
        var reach = Assert.Single(
            ReachWorld.Of("export function run(request) { look(request.name); if (!mayEdit(request.id)) return; act(request.id); }").Analysis.Reaches
        );
        Assert.Equal("mayEdit(request.id)", Assert.Single(reach.Guards).Text);
    }

    [Fact]
    public void Values_of_what_an_entry_is_handed_are_paths()
    {
        var program = ReachWorld.Of("export function run(request, more) { act(request.item.id, more); }").Program;
        var call = Assert.Single(ReachWorld.CallsOf(program, "act"));
        // Something else may call it as well.
        Assert.Equal("request.item.id | unknown", Values(program, call.Arguments[0]));
        Assert.Equal("unknown", Values(program, call.Arguments[1]));
    }

    [Fact]
    public void A_function_that_only_an_entry_calls_sees_what_it_hands_over()
    {
        var program = ReachWorld.Of("const help = (what) => act(what);\nexport function run(request) { help(request.id); help('page'); }").Program;
        var call = Assert.Single(ReachWorld.CallsOf(program, "act"));
        Assert.Equal("\"page\" | request.id | unknown", Values(program, call.Arguments[0]));
    }

    [Fact]
    public void Nothing_is_given_up_in_a_small_program() => Assert.Empty(ReachWorld.Of("export function run(request) { act(request.id); }").Analysis.Gaps);

    [Fact]
    public void Callers_that_are_too_many_are_said()
    {
        var source = string.Join(
            '\n',
            Enumerable.Range(0, 20_100).Select(number => $"const f{number} = (x) => {(number == 0 ? "act" : $"f{number - 1}")}(x);")
        );
        var analysis = ReachWorld.Of($"{source}\nexport function run(request) {{ f20099(request.id); }}").Analysis;
        Assert.Contains(analysis.Gaps, gap => gap.Contains("callers", StringComparison.Ordinal));
        Assert.True(analysis.IsCutShort);
    }

    [Fact]
    public void What_is_too_large_to_be_looked_at_is_said()
    {
        var list = string.Join(", ", Enumerable.Range(0, 500).Select(number => $"request.a{number}"));
        foreach (var subject in (string[])[$"[{list}]", "nested"])
        {
            var analysis = ReachWorld
                .Of($"export function run(request) {{ const nested = {{ a: {{ a: {{ a: {{}} }} }} }}; nested.a.a.a.a = request.id; act({subject}); }}")
                .Analysis;
            Assert.Contains(analysis.Gaps, gap => gap.Contains("large", StringComparison.Ordinal));
            Assert.True(analysis.IsCutShort);
        }
    }

    [Fact]
    public void Guards_that_are_not_followed_to_their_end_are_said()
    {
        var source = string.Join(
            '\n',
            Enumerable
                .Range(0, 5_000)
                .Select(number => $"function g{number}(x) {{ if (log()) return mayEdit(x); return g{(number + 1) % 5000}(x) && g{number * 7 % 5000}(x); }}")
        );
        var analysis = ReachWorld.Of($"{source}\nexport function run(request) {{ if (g0(request.id)) act(request.id); }}").Analysis;
        Assert.Single(analysis.Reaches);
        Assert.Contains(analysis.Gaps, gap => gap.Contains("guards", StringComparison.Ordinal));
    }

    [Fact]
    public void A_search_can_be_stopped()
    {
        var world = ReachWorld.Of("export function run(request) { act(request.id); }");
        var rules = new ReachRules
        {
            Entries = [.. ReachWorld.EntriesOf(world.Program.Graph)],
            Effects = [.. world.Analysis.Reaches.Select(reach => reach.Effect)],
            OriginOf = static _ => null,
            IsGuard = static _ => false,
        };
        Assert.Throws<OperationCanceledException>(() => ReachAnalysis.Of(world.Program, rules, new CancellationToken(canceled: true)));
    }

    private static string Values(ProgramValues program, Node expression) =>
        string.Join(" | ", program.Of(expression).Select(value => value.ToString()).Order(StringComparer.Ordinal));

    private static string Wrapped(string body) => $"export async function run(request) {{ {body} }}";
}
