using Ecoscanner.JavaScript.Binding;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Binding;

/// <summary>How scopes are shown.</summary>
public sealed class ScopePrinterTests
{
    private const string Module = """
        import fetch, { api as requests } from "@forge/api";

        export const handler = async ({ payload: { url }, retries = 3 }) => {
          for (let attempt = 0; attempt < retries; attempt++) {
            try {
              return await fetch(url);
            } catch (error) {
              const message = String(error);
              console.warn(message, requests.length);
            }
          }
          return last;
          let last;
        };

        class Cache<T> {
          entries = new Map<string, T>();
        }
        export { Cache };
        type Key = keyof Cache<Key>;
        """;

    private const string Script = """
        if (window) {
          function load() { with (window) { eval("x"); return arguments } }
        }
        load();
        """;

    [Fact]
    public void As_text_with_a_line_for_each_scope_and_symbol() =>
        Golden.Matches(ScopePrinter.Text(MarkedSource.Bind(Module, "a.ts")) + "\n" + ScopePrinter.Text(MarkedSource.Bind(Script, "a.cjs")), ".txt");

    [Fact]
    public void As_json_with_places() => Golden.Matches(ScopePrinter.Json(MarkedSource.Bind(Script, "a.cjs")), ".json");

    [Fact]
    public void As_a_graph() => Golden.Matches(ScopePrinter.Dot(MarkedSource.Bind(Script, "a.cjs")), ".dot");
}
