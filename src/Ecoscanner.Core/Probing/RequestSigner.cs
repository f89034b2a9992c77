using Ecoscanner.Findings;

namespace Ecoscanner.Probing;

/// <summary>Gives the headers that sign one request (RFC 9421): Content-Digest, Signature-Input, Signature, Signature-Agent.</summary>
/// <param name="method">Upper-case method.</param>
/// <param name="target">Absolute target URI.</param>
/// <param name="runId">Value of <c>X-Ecoscanner-Run</c>.</param>
/// <param name="body">The body, empty where there is none.</param>
public delegate IReadOnlyList<HeaderField> RequestSigner(string method, Uri target, string runId, ReadOnlyMemory<byte> body);
