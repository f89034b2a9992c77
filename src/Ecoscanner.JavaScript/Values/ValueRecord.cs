namespace Ecoscanner.JavaScript.Values;

/// <summary>An abstract value: its kind, and numbers that tell it from others of the kind.</summary>
internal readonly record struct ValueRecord(ValueKind Kind, int A = 0, int B = 0);
