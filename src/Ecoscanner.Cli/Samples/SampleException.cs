namespace Ecoscanner.Cli.Samples;

/// <summary>Why the samples could not start: the thing, the place and the way out, on one line.</summary>
internal sealed class SampleException(string message, Exception? inner = null) : Exception(message, inner);
