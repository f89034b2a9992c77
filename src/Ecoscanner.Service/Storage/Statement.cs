using System.Data.Common;
using System.Globalization;

namespace Ecoscanner.Service.Storage;

/// <summary>A statement that is run thousands of times in one transaction; its values are <c>@p0</c>, <c>@p1</c>, … in the order they are given.</summary>
public sealed class Statement(Session session, string sql) : IDisposable
{
    private readonly DbCommand command = session.Prepare(sql);

    /// <summary>Runs it, and says how many rows it met.</summary>
    public int Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs it, and gives the number it returns.</summary>
    public long Number(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public void Dispose() => command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        while (command.Parameters.Count < values.Length)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{command.Parameters.Count}");
            command.Parameters.Add(parameter);
        }

        for (var at = 0; at < values.Length; at++)
        {
            command.Parameters[at].Value = values[at] ?? DBNull.Value;
        }
    }
}
