using System.Globalization;
using System.Text;

namespace Ecoscanner.Bench;

/// <summary>Writes Forge apps to be scanned: as people write them, of parts in <c>bench/forge-app</c>, and such as want to keep a scanner.</summary>
internal sealed class ForgeFolders(string root)
{
    private const string Sometimes = "// not always";

    // Of so many copies one is without what is not always there.
    private const int OpenEach = 5;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private readonly string parts = Path.Combine(root, "bench", "forge-app");
    private readonly string folder = Path.Combine(root, "artifacts", "bench-inputs", "forge");

    /// <summary>An app of so many files.</summary>
    public string Usual(int files)
    {
        var app = Begin($"usual{files}");
        var names = new DirectoryInfo(Path.Combine(parts, "feature")).GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal).ToList();
        var core = new DirectoryInfo(Path.Combine(parts, "core")).GetFiles();
        foreach (var file in core)
        {
            Write(app, $"src/core/{file.Name}", File.ReadAllText(file.FullName));
        }

        // What is left over is code that nothing loads.
        var (count, more) = Math.DivRem(files - core.Length - 2, names.Count);
        for (var number = 0; number < count; number++)
        {
            foreach (var name in names)
            {
                var at = name.EndsWith(".tsx", StringComparison.Ordinal) ? "static/main/src" : "src/features";
                Write(app, $"{at}/ticket{number}/{name}", Copy(Path.Combine(parts, "feature", name), number));
            }
        }

        for (var number = count; number < count + more; number++)
        {
            Write(app, $"src/old/ticket{number}.js", Copy(Path.Combine(parts, "feature", "legacy.js"), number));
        }

        Write(app, "src/index.ts", Index(count));
        Write(app, "static/main/src/index.tsx", Pages(count));
        return app;
    }

    /// <summary>Files that call each other in circles, from each of which an entry and an effect can be reached.</summary>
    public string Circles(int count)
    {
        var app = Begin("circles");
        for (var number = 0; number < count; number++)
        {
            var (next, other) = ((number + 1) % count, ((number * 7) + 3) % count);
            Write(
                app,
                $"src/part{number}.js",
                $$"""
                import api, { route, storage } from '@forge/api';
                import { next{{next}} } from './part{{next}}';
                import { other{{other}} } from './part{{other}}';

                export async function next{{number}}(id, handler, depth) {
                  if (depth > 0 && id) {
                    return next{{next}}(id, (value) => handler(other{{number}}(value)), depth - 1);
                  }
                  await api.asApp().requestJira(route`/rest/api/3/issue/${id}`, { method: 'DELETE' });
                  return handler(id);
                }

                export function other{{number}}(value) {
                  const kept = { value, again: (more) => other{{other}}(more) };
                  return value ? next{{next}}(kept.value, kept.again, 1) : storage.set(value, kept);
                }

                """
            );
        }

        var imports = Lines(count, number => $"import {{ next{number} }} from './part{number}';");
        var keys = Lines(count, number => $"resolver.define('next{number}', ({{ payload }}) => next{number}(payload.id, (id) => id, payload.depth));");
        Write(app, "src/index.js", Resolver(imports, keys));
        return app;
    }

    /// <summary>A bundle of 2 MB on one line that the page loads.</summary>
    public string Bundle()
    {
        const int Length = 2_000_000;
        var app = Begin("bundle");
        var text = new StringBuilder("!function(){var t={};");
        for (var number = 0; text.Length < Length; number++)
        {
            text.Append(
                Culture,
                $"t[{number}]=function(e,n,r){{var i=r({number / 2}),o=r({number * 7 / 9});function a(t){{return this.p=t,i.x(t)||o}}a.prototype.s=function(t,e){{for(var n in t)this[n]=e?e(t[n]):o[n];return new a(this.p)}},e.exports={{x:function(t){{return t&&t.then?t.then(a):new a(t).s(t,i.x)}},y:a}}}},"
            );
            text.Append(number % 50 == 49 ? "t.z=0;" : "t.q=1,");
        }

        text.Append(
            "t.z=1;var c={};function r(e){var n=c[e];if(n)return n.exports;n=c[e]={exports:{}};t[e](n,n.exports,r);return n.exports}r(7).x(location.hash)}();"
        );
        Write(app, "static/main/build/index.html", "<!doctype html><script src=\"main.js\"></script>");
        Write(app, "static/main/build/main.js", text.ToString());
        Write(app, "src/index.js", Resolver("", "resolver.define('one', () => 1);"));
        return app;
    }

    /// <summary>Functions that call one another, each with a condition and a part of what it was handed, before an effect.</summary>
    public string Chain(int depth)
    {
        var app = Begin("chain");
        var steps = Lines(
            depth,
            number =>
                $$"""
                    async function step{{number}}(work, id, options) {
                      const allowed = await check(options.account, id);
                      if (!allowed && options.strict{{number}}) {
                        throw new Error('no');
                      }
                      return step{{number + 1}}(() => work(id), id, { ...options, at: {{number}} });
                    }
                    """
        );
        Write(
            app,
            "src/index.js",
            Resolver(
                $$"""
                import api, { authorize, route } from '@forge/api';
                async function check(account, id) {
                  return account === 'app' ? authorize().onJiraIssue(id).canEdit() : id.startsWith('A');
                }
                {{steps}}
                async function step{{depth}}(work, id) {
                  await work();
                  return api.asApp().requestJira(route`/rest/api/3/issue/${id}`, { method: 'PUT' });
                }
                """,
                "resolver.define('go', ({ payload, context }) => step0(() => 1, payload.id, { account: context.accountId }));"
            )
        );
        return app;
    }

    /// <summary>A resolver with so many keys.</summary>
    public string Keys(int count)
    {
        var app = Begin("keys");
        Write(
            app,
            "src/index.js",
            Resolver(
                """
                import api, { authorize, route, storage } from '@forge/api';
                async function write(id, data) {
                  await storage.set(`last-${id}`, data);
                  return api.asApp().requestJira(route`/rest/api/3/issue/${id}`, { method: 'PUT', body: JSON.stringify(data) });
                }
                """,
                Lines(
                    count,
                    number =>
                        $$"""
                            resolver.define('key{{number}}', async ({ payload, context }) => {
                              if ({{(number % 2 == 0 ? "!(await authorize().onJiraIssue(payload.id).canEdit())" : $"payload.kind !== {number}")}}) {
                                return null;
                              }
                              return write(payload.id, { {{(number % 3 == 0 ? "...payload.data" : "account: context.accountId")}}, key: {{number}} });
                            });
                            """
                )
            )
        );
        return app;
    }

    private string Begin(string name)
    {
        var app = Path.Combine(folder, name);
        if (Directory.Exists(app))
        {
            Directory.Delete(app, recursive: true);
        }

        Write(app, "manifest.yml", File.ReadAllText(Path.Combine(parts, "manifest.yml")));
        Write(app, "package.json", """{"name": "bench", "version": "1.0.0", "main": "index.js"}""");
        return app;
    }

    private static string Copy(string file, int number)
    {
        var text = File.ReadAllText(file);
        if (number % OpenEach == 0)
        {
            text = string.Join('\n', text.Split('\n').Where(line => !line.EndsWith(Sometimes, StringComparison.Ordinal)));
        }

        // What is named after a whole word, as the file, has no number.
        return text.Replace("Ticket", $"Ticket{number}", StringComparison.Ordinal)
            .Replace("'ticket.", $"'ticket{number}.", StringComparison.Ordinal)
            .Replace("ticket-", $"ticket{number}-", StringComparison.Ordinal);
    }

    private static string Index(int count) =>
        $$"""
        import Resolver from '@forge/resolver';
        {{Lines(
            count,
            number => $"""
            import {"{"} defineTicket{number}Resolvers {"}"} from './features/ticket{number}/resolvers';
            import {"{"} nightlyTicket{number}Report, onTicket{number}Hook, onTicket{number}Updated, runTicket{number}Job {"}"} from './features/ticket{number}/jobs';
            """
        )}}

        const resolver = new Resolver();
        {{Lines(count, number => $"defineTicket{number}Resolvers(resolver);")}}
        export const handler = resolver.getDefinitions();

        const hooks = {
        {{Lines(count, number => $"  ticket{number}: onTicket{number}Hook,")}}
        };

        export async function hook(request) {
          const body = JSON.parse(request.body);
          const run = hooks[body.kind];
          return { statusCode: 200, body: JSON.stringify(run ? await run(body) : null) };
        }

        export async function updated(event) {
        {{Lines(count, number => $"  await onTicket{number}Updated(event);")}}
        }

        export async function jobs(event) {
        {{Lines(count, number => $"  await runTicket{number}Job(event.body);")}}
        }

        export async function nightly() {
        {{Lines(count, number => $"  await nightlyTicket{number}Report();")}}
        }

        """;

    private static string Pages(int count) =>
        $$"""
            import React from 'react';
            import { createRoot } from 'react-dom/client';
            {{Lines(count, number => $"import {{ Ticket{number}Page }} from './ticket{number}/Page';")}}

            const pages = [{{string.Join(", ", Enumerable.Range(0, count).Select(number => $"Ticket{number}Page"))}}];
            createRoot(document.getElementById('root')!).render(<>{pages.map((Page) => <Page projectKey="A" />)}</>);

            """;

    private static string Resolver(string before, string keys) =>
        $$"""
            import Resolver from '@forge/resolver';
            {{before}}

            const resolver = new Resolver();
            {{keys}}
            export const handler = resolver.getDefinitions();
            export const hook = async () => ({ statusCode: 204 });
            export const updated = async () => {};
            export const jobs = async () => {};
            export const nightly = async () => {};

            """;

    private static string Lines(int count, Func<int, string> line) => string.Join('\n', Enumerable.Range(0, count).Select(line));

    private static void Write(string app, string name, string text)
    {
        var path = Path.Combine(app, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
