namespace Ecoscanner.JavaScript.Tests.Taint;

/// <summary>What stands before an effect of <see cref="ReachWorld"/> and decides, each beside its twin that does not.</summary>
public sealed class ReachGuardTests
{
    [Theory]
    [InlineData("act(request.id);", "if (mayEdit(request.id)) act(request.id);")]
    [InlineData("mayEdit(request.id); act(request.id);", "const may = mayEdit(request.id); if (may) act(request.id);")]
    [InlineData("if (request.now) { if (!mayEdit(request.id)) return; } act(request.id);", "if (!mayEdit(request.id)) return; act(request.id);")]
    [InlineData("if (mayEdit(request.id)) return; act(request.id);", "if (mayEdit(request.id)) { act(request.id); return; }")]
    [InlineData("if (!mayEdit(request.id)) act(request.id);", "if (!mayEdit(request.id)) log(); else act(request.id);")]
    [InlineData("if (mayEdit(request.id) || request.now) act(request.id);", "if (mayEdit(request.id) && request.now) act(request.id);")]
    [InlineData("if (!mayEdit(request.id)) new Error('no'); act(request.id);", "if (!mayEdit(request.id)) throw new Error('no'); act(request.id);")]
    [InlineData("const x = mayEdit(request.id) ? 1 : act(request.id);", "const x = mayEdit(request.id) ? act(request.id) : 1;")]
    [InlineData("mayEdit(request.id) || act(request.id);", "mayEdit(request.id) && act(request.id);")]
    [InlineData("if (mayEdit(request.name)) act(request.id);", "if (mayEdit(request.id)) act(request.id);")]
    [InlineData("if (mayEdit(request.id)) log(); act(request.id);", "while (mayEdit(request.id)) { act(request.id); }")]
    [InlineData(
        "switch (mayEdit(request.id)) { case true: log(); default: act(request.id); }",
        "switch (mayEdit(request.id)) { case true: act(request.id); break; default: log(); }"
    )]
    [InlineData(
        "switch (true) { case mayEdit(request.id): log(); break; default: act(request.id); }",
        "switch (true) { case mayEdit(request.id): act(request.id); break; default: log(); }"
    )]
    [InlineData("if (mayEdit(request.id) === false) { act(request.id); }", "if (mayEdit(request.id) === false) { return; } act(request.id);")]
    [InlineData("if (mayEdit(request.id) !== true) log(); act(request.id);", "if (mayEdit(request.id) !== true) return; act(request.id);")]
    [InlineData(
        "let ok = false; if (mayEdit(request.id)) { ok = true; } else { ok = request.now; } if (ok) act(request.id);",
        "let ok = false; if (mayEdit(request.id)) { ok = true; } if (ok) act(request.id);"
    )]
    [InlineData(
        "let ok = true; if (mayEdit(request.id)) { ok = true; } if (ok) act(request.id);",
        "let ok = true; if (!mayEdit(request.id)) { ok = false; } if (ok) act(request.id);"
    )]
    [InlineData(
        "let id = request.id; if (!mayEdit(id)) return; id = request.name; act(id);",
        "let id = request.id; id = request.name; if (!mayEdit(id)) return; act(id);"
    )]
    public void Answers_count_where_they_decide(string flawed, string safe) => Tells(Wrapped(flawed), Wrapped(safe));

    [Theory]
    [InlineData("demand(request.name); act(request.id);", "demand(request.id); act(request.id);")]
    [InlineData("if (request.now) demand(request.id); act(request.id);", "demand(request.id); if (request.now) act(request.id);")]
    [InlineData("act(request.id); demand(request.id);", "demand(request.id); act(request.id);")]
    [InlineData("try { demand(request.id); } catch { log(); } act(request.id);", "try { demand(request.id); act(request.id); } catch { log(); }")]
    [InlineData("try { demand(request.id); } catch { log(); } act(request.id);", "try { demand(request.id); } catch { return; } act(request.id);")]
    [InlineData("try { demand(request.id); } finally { act(request.id); }", "try { demand(request.id); } finally { log(); } act(request.id);")]
    [InlineData("demandSoon(request.id); act(request.id);", "await demandSoon(request.id); act(request.id);")]
    [InlineData("if (mayEditSoon(request.id)) act(request.id);", "if (await mayEditSoon(request.id)) act(request.id);")]
    [InlineData("const may = mayEditSoon(request.id); if (may) act(request.id);", "const may = await mayEditSoon(request.id); if (may) act(request.id);")]
    [InlineData("demandSoon(request.id).catch(() => log()).then(() => act(request.id));", "demandSoon(request.id).then(() => act(request.id));")]
    [InlineData(
        "mayEditSoon(request.id).then((may) => { log(may); act(request.id); });",
        "mayEditSoon(request.id).then((may) => { if (may) act(request.id); });"
    )]
    [InlineData(
        "const [may] = await Promise.all([mayEditSoon(request.name)]); if (may) act(request.id);",
        "const [may] = await Promise.all([mayEditSoon(request.id)]); if (may) act(request.id);"
    )]
    [InlineData(
        "await Promise.race([demandSoon(request.id), log()]); act(request.id);",
        "await Promise.all([demandSoon(request.id), log()]); act(request.id);"
    )]
    public void Going_on_counts_after_what_throws_or_is_awaited(string flawed, string safe) => Tells(Wrapped(flawed), Wrapped(safe));

    [Theory]
    [InlineData("const may = (id) => { mayEdit(id); return true; };", "const may = (id) => mayEdit(id);", "if (may(request.id)) act(request.id);")]
    [InlineData(
        "const may = (id) => { if (mayEdit(id)) return true; return 'unsure'; };",
        "const may = (id) => { if (mayEdit(id)) return true; return ''; };",
        "if (may(request.id)) act(request.id);"
    )]
    [InlineData(
        "const must = (id) => { if (!mayEdit(id)) log('no'); };",
        "const must = (id) => { if (!mayEdit(id)) throw new Error('no'); };",
        "must(request.id); act(request.id);"
    )]
    [InlineData(
        "const must = async (id) => { if (!(await mayEditSoon(id))) log('no'); };",
        "const must = async (id) => { if (!(await mayEditSoon(id))) throw new Error('no'); };",
        "await must(request.id); act(request.id);"
    )]
    [InlineData(
        "const wrap = (inner) => (what) => { mayEdit(what); return inner(what); };",
        "const wrap = (inner) => (what) => { if (!mayEdit(what)) return null; return inner(what); };",
        "const go = wrap((what) => act(what)); go(request.id);"
    )]
    [InlineData(
        "const check = (condition) => { if (!condition) log('no'); };",
        "const check = (condition) => { if (!condition) throw new Error('no'); };",
        "check(mayEdit(request.id)); act(request.id);"
    )]
    [InlineData("const assert = (condition) => log(condition);", "import assert from 'assert';", "assert(mayEdit(request.id)); act(request.id);")]
    [InlineData(
        "import { equal as assert } from 'assert';",
        "import assert from 'node:assert/strict';",
        "assert(mayEdit(request.id), 'refused'); act(request.id);"
    )]
    [InlineData(
        "const read = (id) => { log(mayEdit(id)); return { name: 'a' }; };",
        "const read = (id) => (mayEdit(id) ? { name: 'a' } : null);",
        "const found = read(request.id); if (!found) return; act(request.id);"
    )]
    [InlineData(
        "const look1 = (id) => ({ id, may: true, asked: mayEdit(id) });",
        "const look1 = (id) => ({ id, may: mayEdit(id) });",
        "const { may } = look1(request.id); if (may) act(request.id);"
    )]
    [InlineData(
        "class Rights { constructor(id) { this.id = id; } get may() { log(mayEdit(this.id)); return true; } }",
        "class Rights { constructor(id) { this.id = id; } get may() { return mayEdit(this.id); } }",
        "if (new Rights(request.id).may) act(request.id);"
    )]
    public void Functions_of_the_program_are_guards_as_they_are_written(string flawed, string safe, string body) =>
        Tells($"{flawed}\n{Wrapped(body)}", $"{safe}\n{Wrapped(body)}");

    [Theory]
    // A refusal that nobody looks at.
    [InlineData(
        "const refuse = (id) => { if (!look(id).allowed) return { error: 'no' }; return null; };",
        "refuse(request.id); act(request.id);",
        "const refusal = refuse(request.id); if (refusal) return refusal; act(request.id);"
    )]
    [InlineData(
        "const refuse = (id) => { if (!mayEdit(id)) return { error: 'no' }; return null; };",
        "const refusal = refuse(request.id); if (!refusal) return; act(request.id);",
        "const refusal = refuse(request.id); if (!refusal) act(request.id);"
    )]
    // What it means is not known: where one way alone leads on, that tells.
    [InlineData("", "const found = look(request.id); log(found.level > 3); act(request.id);", "if (look(request.id).level > 3) act(request.id);")]
    [InlineData("", "if (look(request.id)) act(request.id);", "if (look(request.id).denied) return; act(request.id);")]
    [InlineData(
        "",
        "if (!look(request.id).allowed) { log(); act(request.id, 1); } else { log(); }  act(request.id, 2);",
        "if (look(request.id).kind === 'none') { throw new Error('no'); } act(request.id);"
    )]
    // Another member of the object in which the answer is.
    [InlineData(
        "",
        "const all = { asked: true, may: look(request.id).may }; if (!all.asked) return; act(request.id);",
        "const all = { asked: true, may: look(request.id).may }; if (!all.may) return; act(request.id);"
    )]
    // Where both lead on, true is allowed.
    [InlineData(
        "",
        "let name = 'a'; if (look(request.id).allowed) { name = 'b'; } act(request.id, name);",
        "let ok = false; if (look(request.id).allowed) { ok = true; } if (ok) act(request.id);"
    )]
    public void An_answer_of_which_the_meaning_is_not_known_must_decide(string before, string flawed, string safe) =>
        Tells($"{before}\n{Wrapped(flawed)}", $"{before}\n{Wrapped(safe)}");

    [Theory]
    [InlineData(
        "const ids = []; for (const id of request.ids) { mayEdit(id); ids.push(id); } for (const id of ids) act(id);",
        "const ids = []; for (const id of request.ids) { if (mayEdit(id)) ids.push(id); } for (const id of ids) act(id);"
    )]
    [InlineData(
        "const ids = []; for (const id of request.ids) { if (mayEdit(id)) ids.push(id); else ids.push(id); } ids.forEach((id) => act(id));",
        "const ids = []; for (const id of request.ids) { if (!mayEdit(id)) continue; ids.push(id); } ids.forEach((id) => act(id));"
    )]
    [InlineData(
        "const ids = ['a']; for (const id of request.ids) { if (mayEdit(id)) ids.push(id); } for (const id of request.ids) act(id);",
        "const ids = []; for (const id of request.ids) { if (mayEdit(id)) ids.push(id); } act(ids);"
    )]
    [InlineData(
        "for (const id of request.ids) { if (!mayEdit(id)) log(id); act(id); }",
        "for (const id of request.ids) { if (!mayEdit(id)) continue; act(id); }"
    )]
    public void What_is_taken_from_a_list_was_guarded_when_it_was_put_in(string flawed, string safe) => Tells(Wrapped(flawed), Wrapped(safe));

    private static void Tells(string flawed, string safe)
    {
        var open = ReachWorld.Of(flawed);
        Assert.True(open.Analysis.Reaches.Any(reach => !reach.IsGuarded), $"guarded, but is not:\n{flawed}\n{open.Told()}");
        var guarded = ReachWorld.Of(safe);
        Assert.True(
            guarded.Analysis.Reaches is { Length: > 0 } reaches && reaches.All(reach => reach.IsGuarded),
            $"open, but is not:\n{safe}\n{guarded.Told()}"
        );
    }

    private static string Wrapped(string body) => $"export async function run(request) {{ {body} }}";
}
