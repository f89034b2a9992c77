using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>Reads of statements of SQL as much as tells which parameters choose rows.</summary>
internal static class SqlText
{
    private const string Where = "where";

    /// <summary>How many parameters stand before the first WHERE; 0 where the statement is not known, or has none.</summary>
    public static int ParametersBeforeWhere(ValueSet statements)
    {
        if (statements.Texts is not [var statement])
        {
            return 0;
        }

        for (var from = 0; statement.IndexOf(Where, from, StringComparison.OrdinalIgnoreCase) is >= 0 and var at; from = at + Where.Length)
        {
            if (!IsOfName(statement, at - 1) && !IsOfName(statement, at + Where.Length))
            {
                return statement.AsSpan(0, at).Count('?');
            }
        }

        return 0;
    }

    // `whereabouts` is no WHERE.
    private static bool IsOfName(string statement, int at) => at >= 0 && at < statement.Length && (char.IsLetterOrDigit(statement[at]) || statement[at] == '_');
}
