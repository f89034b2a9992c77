using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>Reads of statements of SQL as much as tells which parameters choose rows.</summary>
internal static class SqlText
{
    /// <summary>How many parameters stand before the first WHERE; 0 where the statement is not known, or has none.</summary>
    public static int ParametersBeforeWhere(ValueSet statements)
    {
        if (statements.Texts is not [var statement])
        {
            return 0;
        }

        var where = statement.IndexOf("where", StringComparison.OrdinalIgnoreCase);
        return where < 0 ? 0 : statement.AsSpan(0, where).Count('?');
    }
}
