namespace Ecoscanner.Cli.Configuration;

/// <summary>A value of a YAML file and where it stands.</summary>
/// <param name="Line">1-based, of its first character.</param>
internal abstract record YamlNode(int Line);

/// <summary>A scalar, as written.</summary>
internal sealed record YamlText(string Text, int Line) : YamlNode(Line);

/// <summary>A sequence.</summary>
/// <param name="InBrackets">True for <c>[a, b]</c>, false for lines that begin with a dash.</param>
/// <param name="Column">1-based, of its first character.</param>
/// <param name="LastLine">1-based, of the last value in it; its own line where it is empty.</param>
internal sealed record YamlList(IReadOnlyList<YamlNode> Items, bool InBrackets, int Line, int Column, int LastLine) : YamlNode(Line);

/// <summary>A mapping, in the order of the file.</summary>
internal sealed record YamlMap(IReadOnlyList<YamlEntry> Entries, int Line) : YamlNode(Line);

/// <summary>A key and its value.</summary>
/// <param name="Line">1-based, of the key.</param>
internal sealed record YamlEntry(string Key, YamlNode Value, int Line);
