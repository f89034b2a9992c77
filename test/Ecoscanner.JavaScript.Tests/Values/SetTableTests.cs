using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Tests.Values;

public sealed class SetTableTests
{
    private readonly ValueTable values = new();

    [Fact]
    public void Equal_sets_have_one_number()
    {
        var sets = new SetTable(values);
        var (a, b, c) = (sets.Of(values.String("a")), sets.Of(values.String("b")), sets.Of(values.String("c")));
        Assert.Equal(sets.Union(sets.Union(a, b), c), sets.Union(sets.Union(c, a), b));
        Assert.Equal(a, sets.Union(a, SetTable.Empty));
        Assert.Equal(sets.Union(a, b), sets.Union(sets.Union(a, b), a));
    }

    [Fact]
    public void Too_many_texts_are_any_and_stay_so()
    {
        var sets = new SetTable(values);
        var set = SetTable.Empty;
        for (var number = 0; number <= SetTable.MaximumStrings; number++)
        {
            set = sets.Union(set, sets.Of(values.String($"{number}")));
        }

        Assert.Equal([values.ManyStrings], sets[set].ToArray());
        Assert.Equal(set, sets.Union(set, sets.Of(values.String("more"))));
        Assert.Contains(values.Null, sets[sets.Union(set, sets.Of(values.Null))].ToArray());
    }

    [Fact]
    public void Too_many_things_from_outside_are_anything()
    {
        var (sets, externals) = (new SetTable(values), new ExternalPaths(values));
        var set = sets.Of(values.String("kept"));
        for (var number = 0; number <= SetTable.MaximumExternals; number++)
        {
            set = sets.Union(set, sets.Of(externals.Global($"g{number}")));
        }

        Assert.Equal([values.Overflow, values.String("kept")], sets[set].ToArray());
        Assert.Equal(1, sets.Overflows);
    }

    [Theory]
    [InlineData(new[] { "next", "next", "next" }, "a.next")]
    [InlineData(new[] { "b", "c", "b", "c" }, "a.b.c")]
    [InlineData(new[] { "b", "c", "d", "e", "f", "g" }, "a.b.c.d.e.f")]
    public void Paths_do_not_grow_for_ever(string[] steps, string expected)
    {
        var externals = new ExternalPaths(values);
        var value = steps.Aggregate(externals.Global("a"), (path, step) => externals.Member(path, values.Text(step)));
        Assert.StartsWith(externals.TextOf(value), expected);
    }
}
