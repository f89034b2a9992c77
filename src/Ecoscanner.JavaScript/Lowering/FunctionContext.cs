namespace Ecoscanner.JavaScript.Lowering;

/// <summary>What a function sees of where it stands, while it waits to be lowered; each is a slot of a function around, or -1.</summary>
/// <param name="This">What an arrow function's <c>this</c> is.</param>
/// <param name="Home">The object that its <c>super</c> starts from.</param>
/// <param name="Base">What the class around extends.</param>
internal readonly record struct FunctionContext(int This, int Home, int Base);
