namespace Ecoscanner.Packages.Java.Classes;

/// <summary>The hashes of a class's constants by what they are, whatever their index; packages are masked. Each is made once per class.</summary>
/// <remarks>Use it from one thread.</remarks>
internal sealed class ConstantHashes(NameMask mask)
{
    // By index, each in its ways to be read; zero where not made yet. So a class whose constants all name the same long text takes no longer than its size.
    private readonly ulong[] hashes = new ulong[ClassFile.ScratchLength];
    private readonly ulong[] names = new ulong[ClassFile.ScratchLength];
    private readonly ulong[] classes = new ulong[ClassFile.ScratchLength];
    private readonly ulong[] descriptors = new ulong[ClassFile.ScratchLength];
    private readonly ulong[] texts = new ulong[ClassFile.ScratchLength];

    // By their number in BootstrapMethods; no table is longer (JVMS 4.7.23).
    private readonly ulong[] bootstraps = new ulong[ushort.MaxValue];
    private int bootstrapCount;

    /// <summary>Forgets the last class; false where the bootstrap methods of this one are broken.</summary>
    public bool TryStart(in ClassFile file)
    {
        foreach (var cache in (ReadOnlySpan<ulong[]>)[hashes, names, classes, descriptors, texts])
        {
            cache.AsSpan(0, file.ConstantCount).Clear();
        }

        bootstrapCount = 0;
        var content = file.Attributes.Find("BootstrapMethods"u8);
        if (content.IsEmpty)
        {
            return true;
        }

        var cursor = new ByteCursor(content);
        var count = cursor.U2();
        for (var number = 0; number < count; number++)
        {
            var method = cursor.U2();
            if (file.Kind(method) != ConstantKind.MethodHandle || !TryHash(file, method, out var hash))
            {
                return false;
            }

            for (var arguments = cursor.U2(); arguments > 0; arguments--)
            {
                if (!TryHash(file, cursor.U2(), out var argument))
                {
                    return false;
                }

                hash = ClassHash.Join(hash, argument);
            }

            bootstraps[number] = hash;
        }

        bootstrapCount = count;
        return !cursor.Failed;
    }

    /// <summary>False where nothing stands at the index that code could use.</summary>
    public bool TryHash(in ClassFile file, int index, out ulong hash)
    {
        hash = (uint)index < (uint)file.ConstantCount ? hashes[index] : 0;
        if (hash != 0)
        {
            return true;
        }

        var kind = file.Kind(index);
        var content = kind switch
        {
            ConstantKind.Integer or ConstantKind.Float or ConstantKind.Long or ConstantKind.Double => ClassHash.Of(file.Number(index)),
            ConstantKind.Class => Class(file, index),
            ConstantKind.String => Text(file, file.First(index)),
            ConstantKind.MethodType => Descriptor(file, file.First(index)),
            ConstantKind.Field or ConstantKind.Method or ConstantKind.InterfaceMethod => Member(file, index),
            ConstantKind.MethodHandle => ClassHash.Join((ulong)file.MethodHandle(index).Kind, Member(file, file.MethodHandle(index).Reference)),
            // What makes a constant at run time is left out: it may be made of other such constants, in circles.
            ConstantKind.Dynamic => NameAndType(file, file.Second(index)),
            ConstantKind.InvokeDynamic when file.First(index) < bootstrapCount => ClassHash.Join(
                NameAndType(file, file.Second(index)),
                bootstraps[file.First(index)]
            ),
            _ => 0UL,
        };
        if (content == 0)
        {
            return false;
        }

        hash = ClassHash.Mix(ClassHash.Join(content, (ulong)kind)) | 1;
        hashes[index] = hash;
        return true;
    }

    /// <summary>Of the class or array that a <c>CONSTANT_Class</c> names.</summary>
    public ulong Class(in ClassFile file, int index)
    {
        ref var hash = ref classes[file.First(index)];
        return hash != 0 ? hash : hash = mask.OfClass(file.Utf8(file.First(index)));
    }

    /// <summary>Of a text that is a descriptor.</summary>
    public ulong Descriptor(in ClassFile file, int text)
    {
        ref var hash = ref descriptors[text];
        return hash != 0 ? hash : hash = mask.OfDescriptor(file.Utf8(text));
    }

    /// <summary>Of a text that is the name of a member.</summary>
    public ulong Name(in ClassFile file, int text)
    {
        ref var hash = ref names[text];
        return hash != 0 ? hash : hash = ClassHash.Of(file.Utf8(text));
    }

    private ulong Text(in ClassFile file, int text)
    {
        ref var hash = ref texts[text];
        return hash != 0 ? hash : hash = mask.OfText(file.Utf8(text));
    }

    private ulong Member(in ClassFile file, int index) => ClassHash.Join(Class(file, file.First(index)), NameAndType(file, file.Second(index)));

    private ulong NameAndType(in ClassFile file, int index) => ClassHash.Join(Name(file, file.First(index)), Descriptor(file, file.Second(index)));
}
