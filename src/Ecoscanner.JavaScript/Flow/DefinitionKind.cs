namespace Ecoscanner.JavaScript.Flow;

/// <summary>Where the value of a variable comes from.</summary>
public enum DefinitionKind : byte
{
    /// <summary>Nothing has written it yet: it is undefined, or, of <c>let</c>, <c>const</c> and <c>class</c>, reading it throws.</summary>
    Start,

    /// <summary>An identifier that is written: also a parameter's, which has its value from the call.</summary>
    Write,

    /// <summary>Ways meet on which it was written differently.</summary>
    Merge,
}
