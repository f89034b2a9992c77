using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Ecoscanner.Packages.Scripts;

/// <summary>How a JavaScript library is known by one of its files, as retire.js describes it.</summary>
/// <param name="Library">What its authors call it.</param>
/// <param name="Package">Its name at npm, or the library's where it is not there.</param>
/// <param name="FileNames">Patterns of a whole file name; the first group is the version.</param>
/// <param name="Contents">Patterns of a part of the file; the first group is the version.</param>
/// <param name="Hashes">From the SHA-1 of a whole file, in lower-case hex, to the version.</param>
public sealed record ScriptSignature(
    string Library,
    string Package,
    ImmutableArray<ScriptPattern> FileNames,
    ImmutableArray<ScriptPattern> Contents,
    FrozenDictionary<string, string> Hashes
);
