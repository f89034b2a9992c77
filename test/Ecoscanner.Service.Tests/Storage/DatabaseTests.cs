using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tests.Storage;

public sealed class DatabaseTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecoscanner-").FullName;

    private string File => Path.Combine(folder, "platform.db");

    [Fact]
    public void What_a_transaction_that_throws_wrote_is_not_there()
    {
        using var database = Database.Open(File, TimeProvider.System);
        Assert.Throws<InvalidOperationException>(() =>
            database.Write(session =>
            {
                Add(session, "one");
                throw new InvalidOperationException();
            })
        );
        database.Write(session => Add(session, "two"));
        Assert.Equal(["two"], database.Read(session => session.List<string>("select key from partner")));
    }

    [Fact]
    public void A_reader_sees_one_state_whatever_is_written_meanwhile()
    {
        using var database = Database.Open(File, TimeProvider.System);
        database.Read(session =>
        {
            Assert.Empty(session.List<string>("select key from partner"));
            database.Write(other => Add(other, "one"));
            Assert.Empty(session.List<string>("select key from partner"));
            return true;
        });
        Assert.Single(database.Read(session => session.List<string>("select key from partner")));
    }

    [Fact]
    public void A_database_of_a_later_version_is_refused_and_left_alone()
    {
        Database.Open(File, TimeProvider.System).Dispose();
        Change("pragma user_version = 999");
        var e = Assert.Throws<DatabaseException>(() => Database.Open(File, TimeProvider.System));
        Assert.Contains("has schema 999", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_programs_database_is_refused_and_left_alone()
    {
        Change("create table theirs (id integer)");
        var e = Assert.Throws<DatabaseException>(() => Database.Open(File, TimeProvider.System));
        Assert.Contains("another program", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_database_is_named_with_the_way_out()
    {
        System.IO.File.WriteAllText(File, new string('x', 8192));
        var e = Assert.Throws<DatabaseException>(() => Database.Open(File, TimeProvider.System));
        Assert.Contains("put the last backup in its place", e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static void Add(Session session, string key) =>
        session.Execute("insert into partner (key, name, created_at) values (@key, @key, @Clock)", new { key, session.Clock });

    private void Change(string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={File};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
