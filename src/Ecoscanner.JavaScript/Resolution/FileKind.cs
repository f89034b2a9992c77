namespace Ecoscanner.JavaScript.Resolution;

/// <summary>What stands at a name in a tree of files.</summary>
public enum FileKind
{
    None,
    File,
    Directory,
}
