namespace Ecoscanner.Service.Findings;

/// <summary>A report cannot be taken in; the message says what, where and the way out. Nothing of it was written.</summary>
public sealed class IngestException(string message) : Exception(message);
