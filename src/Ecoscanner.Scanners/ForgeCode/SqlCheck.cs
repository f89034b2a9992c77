using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>What callers send gets into statements as parameters, and not as their text.</summary>
internal static partial class SqlCheck
{
    public static readonly TaintCheck Check = new(ForgeCodeScanner.SqlInjection)
    {
        Sinks = code => CodeSink.Argument(code.CallsOf(path => Statements().IsMatch(path)), 0),
        Tests = AllowLists.Of,
        IsHarmless = (code, place, operand) =>
            code.Input.IsLeftBehind(place, operand)
            || (place.Kind == NodeKind.CallExpression && CodePlaces.CalleeName(place) is "escape" or "escapeId" or "bindParams"),
        Verb = "becomes part of the statement of",
        Expected = "parameters: sql.prepare('SELECT * FROM items WHERE id = ?').bindParams(id); names of columns from a list in the code",
        None = "the code runs no SQL",
    };

    [GeneratedRegex(
        """^require\("(@forge/sql)"\)(\.default)?(\.sql)?(\.\w+)*\.(prepare|executeRaw|executeDDL|_?rawQuery)$|^require\("(drizzle-orm|@forge/sql|kysely)"\)[\w.()]*\.raw$|^require\("@forge/sql"\)[\w.()]*\.migrationRunner\.enqueue$""",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Statements();
}
