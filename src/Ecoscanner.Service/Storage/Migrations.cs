using Dapper;
using Microsoft.Data.Sqlite;

namespace Ecoscanner.Service.Storage;

/// <summary>Brings a database to the schema that this program knows.</summary>
internal static class Migrations
{
    // Marks the file as ours: "ECOS".
    private const int ApplicationId = 0x45434F53;

    /// <summary>One list of files for each version of the schema, applied in order, each version in one transaction.</summary>
    private static readonly IReadOnlyList<IReadOnlyList<string>> Versions =
    [
        ["catalogue", "access", "audit", "policies", "runs", "findings", "tickets", "scheduling", "inventories", "http"],
    ];

    /// <exception cref="DatabaseException">It is of a later version, or another program's.</exception>
    public static void Apply(SqliteConnection connection, string file)
    {
        var owner = connection.ExecuteScalar<int>("pragma application_id");
        var version = connection.ExecuteScalar<int>("pragma user_version");
        if (owner != ApplicationId && (owner != 0 || connection.ExecuteScalar<int>("select count(*) from sqlite_master") > 0))
        {
            throw new DatabaseException($"{file} is the database of another program; name another folder with --data");
        }

        if (version > Versions.Count)
        {
            throw new DatabaseException(
                $"{file} has schema {version}, and this ecoscanner knows schemas up to {Versions.Count}; start the version that wrote it, or a later one"
            );
        }

        for (; version < Versions.Count; version++)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            foreach (var name in Versions[version])
            {
                connection.Execute(Text(name), transaction: transaction);
            }

            // Pragmas of the header are part of the transaction.
            connection.Execute($"pragma application_id = {ApplicationId}; pragma user_version = {version + 1}", transaction: transaction);
            transaction.Commit();
        }
    }

    private static string Text(string name)
    {
        using var stream =
            typeof(Migrations).Assembly.GetManifestResourceStream($"{name}.sql") ?? throw new InvalidOperationException($"there is no schema file {name}.sql");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
