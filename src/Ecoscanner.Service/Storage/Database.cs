using System.Collections.Concurrent;
using System.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Ecoscanner.Service.Storage;

/// <summary>The platform's database: one file, many readers of one state each, one writer at a time.</summary>
public sealed class Database : IDisposable
{
    // SQLite's own codes.
    private const int Full = 13;
    private const int Corrupt = 11;
    private const int NoDatabase = 26;

    private const int CacheKibibytes = 4 * 1024;

    // Readers beyond these wait their turn: more that share the same processors make all of them late, and each keeps a page cache of its own.
    private static readonly int Readers = Math.Max(4, 2 * Environment.ProcessorCount);

    // What another process (a backup) may hold the file for.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string file;
    private readonly TimeProvider time;
    private readonly SqliteConnection writer;
    private readonly Lock writing = new();
    private readonly ConcurrentBag<SqliteConnection> idle = [];
    private readonly SemaphoreSlim readers = new(Readers);

    static Database() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    private Database(string file, TimeProvider time)
    {
        this.file = file;
        this.time = time;
        writer = Connect(SqliteOpenMode.ReadWriteCreate);
    }

    /// <summary>Is called with what a change answers, and writes in its transaction; null where nothing goes with changes.</summary>
    public Action<Session, object?>? BeforeCommit { get; set; }

    /// <summary>Opens the file, making it where there is none, and brings it to this program's schema.</summary>
    /// <exception cref="DatabaseException">It is no database of ours, damaged, of a later version, or cannot be written.</exception>
    public static Database Open(string file, TimeProvider time)
    {
        try
        {
            var database = new Database(file, time);
            try
            {
                Migrations.Apply(database.writer, file);
                return database;
            }
            catch
            {
                database.Dispose();
                throw;
            }
        }
        catch (SqliteException e)
        {
            throw Meant(e, file);
        }
    }

    /// <summary>Reads one state of the database, whatever is written meanwhile.</summary>
    /// <exception cref="DatabaseException">The file is damaged.</exception>
    public T Read<T>(Func<Session, T> read)
    {
        // The one that takes turns: Wait() lets who comes now go before who waits.
        readers.WaitAsync().GetAwaiter().GetResult();
        SqliteConnection? connection = null;
        try
        {
            if (!idle.TryTake(out connection))
            {
                connection = Connect(SqliteOpenMode.ReadWrite);
                connection.Execute("pragma query_only = on");
            }

            using var transaction = connection.BeginTransaction(IsolationLevel.Serializable, deferred: true);
            var answer = read(new Session(connection, transaction, time.GetUtcNow()));
            transaction.Commit();
            return answer;
        }
        catch (SqliteException e)
        {
            throw Meant(e, file);
        }
        finally
        {
            if (connection is not null)
            {
                idle.Add(connection);
            }

            readers.Release();
        }
    }

    /// <summary>Writes in one transaction, after those that came before; what throws leaves nothing behind.</summary>
    /// <remarks>Keep it short: nobody else writes meanwhile. Nothing but the database is waited for inside.</remarks>
    /// <exception cref="DatabaseException">The disk is full, or the file is damaged.</exception>
    public T Write<T>(Func<Session, T> write)
    {
        lock (writing)
        {
            try
            {
                using var transaction = writer.BeginTransaction(IsolationLevel.Serializable, deferred: false);
                var session = new Session(writer, transaction, time.GetUtcNow());
                var answer = write(session);
                BeforeCommit?.Invoke(session, answer);
                transaction.Commit();
                return answer;
            }
            catch (SqliteException e)
            {
                throw Meant(e, file);
            }
        }
    }

    /// <inheritdoc cref="Write{T}"/>
    public void Write(Action<Session> write) =>
        Write(session =>
        {
            write(session);
            return true;
        });

    /// <summary>Writes what may be missed: where the disk is full, it is not written, and who reads goes on.</summary>
    /// <exception cref="DatabaseException">The file is damaged.</exception>
    public void TryWrite(Action<Session> write)
    {
        try
        {
            Write(write);
        }
        catch (DatabaseException e) when (e.IsFull)
        {
            // Whoever has to write tells it.
        }
    }

    /// <summary>Empties the log of what was written, after something was deleted for good: nothing of it stays but in backups.</summary>
    public void Scrub()
    {
        lock (writing)
        {
            writer.Execute("pragma wal_checkpoint(truncate)");
        }
    }

    public void Dispose()
    {
        foreach (var connection in idle)
        {
            connection.Dispose();
        }

        writer.Dispose();
        readers.Dispose();
    }

    private static DatabaseException Meant(SqliteException e, string file) =>
        e.SqliteErrorCode switch
        {
            Full => new DatabaseException($"there is no room left where {file} lies; make some, nothing was half written", isFull: true, e),
            Corrupt or NoDatabase => new DatabaseException(
                $"{file} is damaged or no database ({e.Message}); put the last backup in its place, or move it away to begin anew",
                inner: e
            ),
            _ => new DatabaseException($"{file}: {e.Message}", inner: e),
        };

    private SqliteConnection Connect(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = (int)Patience.TotalSeconds,
            }.ToString()
        );
        connection.Open();
        // Full: what was committed is on the disk, for an audit that counts. Secure: what was deleted is overwritten.
        connection.Execute(
            $"pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -{CacheKibibytes}; pragma temp_store = memory; pragma secure_delete = on"
        );
        return connection;
    }
}
