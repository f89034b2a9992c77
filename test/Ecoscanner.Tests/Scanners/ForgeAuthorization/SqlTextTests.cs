using Ecoscanner.Scanners.ForgeAuthorization;

namespace Ecoscanner.Tests.Scanners.ForgeAuthorization;

public sealed class SqlTextTests
{
    [Theory]
    [InlineData("'UPDATE notes SET text = ? WHERE id = ?'", 1)]
    [InlineData("'update notes set text = ?, title = ?\\nwhere id = ?'", 2)]
    [InlineData("`UPDATE notes SET text = ? WHERE id = ? AND place IN (SELECT id FROM places WHERE name = ?)`", 1)]
    [InlineData("'UPDATE nowhere SET whereabouts = ? WHERE id = ?'", 1)]
    [InlineData("'SELECT * FROM notes WHERE id = ?'", 0)]
    [InlineData("'INSERT INTO notes VALUES (?, ?)'", 0)]
    [InlineData("'SELECT * FROM notes'", 0)]
    [InlineData("x", 0)]
    [InlineData("x.isNew ? 'UPDATE a SET b = ? WHERE c = ?' : 'UPDATE a SET b = ?, d = ? WHERE c = ?'", 0)]
    public void What_stands_before_WHERE_is_written(string statement, int count)
    {
        var asked = AskedExpression.Of(statement);
        Assert.Equal(count, SqlText.ParametersBeforeWhere(asked.Values.Of(asked.Expression)));
    }
}
