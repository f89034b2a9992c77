namespace Ecoscanner.Packages.Java.Classes;

/// <summary>Where a build moved packages, with slashes: what begins with the first now begins with the second. Both empty where nothing was moved.</summary>
internal readonly record struct Relocation(string From, string To)
{
    public static readonly Relocation None = new("", "");

    public bool IsNone => From == To;

    /// <summary>What it takes to bring one package to another: the common end of both is not part of it.</summary>
    public static Relocation Between(string original, string found)
    {
        if (original == found)
        {
            return None;
        }

        var (from, to) = (original.Length, found.Length);
        while (true)
        {
            var (last, other) = (Start(original, from), Start(found, to));
            if (from == 0 || to == 0 || !original.AsSpan(last, from - last).SequenceEqual(found.AsSpan(other, to - other)))
            {
                return new Relocation(original[..from], found[..to]);
            }

            from = Math.Max(0, last - 1);
            to = Math.Max(0, other - 1);
        }
    }

    /// <summary>Where a package was moved to; null where it is none of those that were moved.</summary>
    public string? Moved(string package) =>
        IsNone ? package
        : From.Length == 0 ? $"{To}/{package}".Trim('/')
        : package == From ? To
        : package.StartsWith(From, StringComparison.Ordinal) && package[From.Length] == '/' ? $"{To}{package[From.Length..]}".TrimStart('/')
        : null;

    private static int Start(string package, int end) => end == 0 ? 0 : package.LastIndexOf('/', end - 1) + 1;
}
