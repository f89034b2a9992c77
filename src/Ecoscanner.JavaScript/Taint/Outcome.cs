namespace Ecoscanner.JavaScript.Taint;

/// <summary>What is known of a value once control has gone on.</summary>
public readonly record struct Outcome(OutcomeKind Kind, string Constant = "")
{
    /// <summary>Nothing but that it was worked out.</summary>
    public static readonly Outcome Any = new(OutcomeKind.Any);

    public static readonly Outcome Truthy = new(OutcomeKind.Truthy);

    public static readonly Outcome Falsy = new(OutcomeKind.Falsy);

    public static readonly Outcome Nullish = new(OutcomeKind.Nullish);

    public static readonly Outcome NotNullish = new(OutcomeKind.NotNullish);

    public static Outcome EqualTo(string constant) =>
        constant switch
        {
            "true" => new(OutcomeKind.True),
            "false" => new(OutcomeKind.False),
            "null" or "undefined" => Nullish,
            _ => new(OutcomeKind.Equal, constant),
        };

    public Outcome Not() =>
        Kind switch
        {
            OutcomeKind.Truthy => Falsy,
            OutcomeKind.Falsy => Truthy,
            OutcomeKind.True => new(OutcomeKind.NotTrue),
            OutcomeKind.NotTrue => new(OutcomeKind.True),
            OutcomeKind.False => new(OutcomeKind.NotFalse),
            OutcomeKind.NotFalse => new(OutcomeKind.False),
            OutcomeKind.Nullish => NotNullish,
            OutcomeKind.NotNullish => Nullish,
            OutcomeKind.Equal => new(OutcomeKind.NotEqual, Constant),
            OutcomeKind.NotEqual => new(OutcomeKind.Equal, Constant),
            _ => Any,
        };

    /// <summary>Whether a truthy value is all that it can be.</summary>
    public bool MeansTruthy =>
        Kind is OutcomeKind.Truthy or OutcomeKind.True || (Kind == OutcomeKind.Equal && Constant.Length > 0 && Constant is not ("0" or "\"\"" or "''" or "``"));

    /// <summary>Whether a falsy value is all that it can be.</summary>
    public bool MeansFalsy => Kind is OutcomeKind.Falsy or OutcomeKind.False or OutcomeKind.Nullish;

    /// <summary>Whether a constant can be it; the text of the constant is as the source writes it.</summary>
    public bool Allows(string constant)
    {
        var isFalsy = constant is "false" or "null" or "undefined" or "0" or "\"\"" or "''" or "``" or "NaN" or "0n";
        return Kind switch
        {
            OutcomeKind.Truthy => !isFalsy,
            OutcomeKind.Falsy => isFalsy,
            OutcomeKind.True => constant == "true",
            OutcomeKind.False => constant == "false",
            OutcomeKind.NotTrue => constant != "true",
            OutcomeKind.NotFalse => constant != "false",
            OutcomeKind.Nullish => constant is "null" or "undefined",
            OutcomeKind.NotNullish => constant is not ("null" or "undefined"),
            OutcomeKind.Equal => constant == Constant,
            OutcomeKind.NotEqual => constant != Constant,
            _ => true,
        };
    }
}

/// <summary>What kind of thing is known of a value.</summary>
public enum OutcomeKind
{
    Any,
    Truthy,
    Falsy,
    True,
    False,
    NotTrue,
    NotFalse,
    Nullish,
    NotNullish,

    /// <summary>Equal to a constant.</summary>
    Equal,

    /// <summary>Not equal to a constant.</summary>
    NotEqual,
}
