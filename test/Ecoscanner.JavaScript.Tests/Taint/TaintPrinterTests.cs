using System.Text;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.JavaScript.Tests.Values;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Taint;

public sealed class TaintPrinterTests
{
    private static readonly TaintAnalysis Analysis = TaintAnalysis.Of(
        PrintedProgram.Of(
            new()
            {
                ["src/index.js"] = """
                import { query } from './store';
                import { isAllowed } from './guards';

                export function search(request) {
                  const text = source();
                  const kept = { text, limit: 10 };
                  query(kept);
                  query({ text: sanitize(text) });
                  if (isSafe(text)) sink(text);
                  sink("constant \u001b[31m");
                  sink(request);
                }

                export async function remove(id, user) {
                  if (user === "admin" || !(await check(id))) {
                    if (isAllowed(id)) return sensitive(id);
                    sensitive(id); /* ␛[31m */ const ends = "here, but the line goes on and on, as it does in code that nobody broke";
                  }
                  return 0;
                }
                """.Replace('\u241b', '\u001b'),
                ["src/store.js"] = """
                const pad = "                                                                      ", wide = (value) => sink(`${pad}${value}`);
                export const query = ({ text }) => {
                  wide(text);
                };
                """,
                ["src/guards.js"] = "export const isAllowed = (id) => permits(id);\n",
                ["src/broken.js"] = "const broken = 1 +;\n",
            }
        ),
        TaintRules.Parse(
            """
            source source
            sink taint sink(0)
            sanitizer sanitize
            guard taint isSafe(0) true
            effect unguarded sensitive(0)
            guard unguarded permits(0) true
            """
        )
    );

    [Fact]
    public void People_read_each_step_and_why_the_rest_is_safe() => Golden.Matches(TaintPrinter.Text(Analysis, showsSafe: true), ".txt");

    [Fact]
    public void What_is_safe_is_only_counted_unless_it_is_asked_for() => Assert.DoesNotContain("safe for", TaintPrinter.Text(Analysis));

    [Fact]
    public void Programs_read_JSON() => Golden.Matches(Json().Replace("},{", "},\n{", StringComparison.Ordinal), ".json");

    [Fact]
    public void Graphviz_draws_the_ways() => Golden.Matches(TaintPrinter.Dot(Analysis), ".dot");

    [Fact]
    public void Nothing_in_a_source_steers_a_terminal()
    {
        foreach (var text in new[] { TaintPrinter.Text(Analysis, showsSafe: true), Json(), TaintPrinter.Dot(Analysis) })
        {
            Assert.DoesNotContain(text, character => character is (< ' ' and not '\n') or (>= '\u007f' and < '\u00a0') or '\u202e');
        }
    }

    private static string Json()
    {
        using var json = new MemoryStream();
        TaintPrinter.WriteJson(Analysis, json, showsSafe: true);
        return Encoding.UTF8.GetString(json.ToArray());
    }
}
