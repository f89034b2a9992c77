using System.Data.Common;
using Dapper;

namespace Ecoscanner.Service.Storage;

/// <summary>One transaction: what is asked in it sees one state of the database, and what it writes is written together or not at all.</summary>
/// <param name="now">When the transaction began; all its times are this one.</param>
public sealed class Session(DbConnection connection, DbTransaction transaction, DateTimeOffset now)
{
    /// <summary>When the transaction began.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The same as the database keeps it: milliseconds since 1970, UTC.</summary>
    public long Clock => Now.ToUnixTimeMilliseconds();

    /// <summary>All rows at once, so lists have a limit in their statement.</summary>
    public IReadOnlyList<T> List<T>(string sql, object? values = null) => [.. connection.Query<T>(sql, values, transaction, buffered: true)];

    /// <summary>Row after row, for what may be long; to be read before the session does anything else.</summary>
    public IEnumerable<T> Stream<T>(string sql, object? values = null) => connection.Query<T>(sql, values, transaction, buffered: false);

    /// <summary>The row, or null (a value type's default) where there is none.</summary>
    public T? Find<T>(string sql, object? values = null) => connection.QueryFirstOrDefault<T>(sql, values, transaction);

    /// <summary>The one row that must be there.</summary>
    /// <exception cref="InvalidOperationException">There is none, or more.</exception>
    public T One<T>(string sql, object? values = null) => connection.QuerySingle<T>(sql, values, transaction);

    /// <summary>Writes, and says how many rows it met.</summary>
    public int Execute(string sql, object? values = null) => connection.Execute(sql, values, transaction);

    /// <summary>A command to be run many times with other values, for what is written thousands of times.</summary>
    public DbCommand Prepare(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command;
    }
}
