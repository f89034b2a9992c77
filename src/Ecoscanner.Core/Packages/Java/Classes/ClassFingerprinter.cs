using System.Text;

namespace Ecoscanner.Packages.Java.Classes;

/// <summary>Reads Java class files (JVMS 4) and makes their fingerprints. It keeps its buffers, 2 MB: make one for many classes, and use it from one thread.</summary>
public sealed class ClassFingerprinter
{
    private const int AccessSynthetic = 0x1000;
    private const int AccessModule = 0x8000;

    // Interface, annotation, enum; what else stands there, compilers do not agree on.
    private const int ClassAccess = 0x0200 | 0x2000 | 0x4000;

    // Public, private, protected, static.
    private const int MemberAccess = 0x000F;

    // A class with more words in its strings is as well told by these.
    private const int MaximumWords = 16384;

    private readonly int[] scratch = new int[ClassFile.ScratchLength];
    private readonly bool[] used = new bool[ClassFile.ScratchLength];
    private readonly ulong[] words = new ulong[MaximumWords];
    private readonly NameMask mask = new();
    private readonly ConstantHashes constants;
    private readonly Bytecode bytecode;

    public ClassFingerprinter()
    {
        constants = new ConstantHashes(mask);
        bytecode = new Bytecode(constants);
    }

    /// <summary>Reads one class.</summary>
    /// <param name="name">Its own name with slashes, such as <c>org/acme/Foo$Bar</c>; what is no UTF-8 is replaced. Empty where it could not be read.</param>
    /// <param name="refusal">Why it could not be read, a clause for a person; null where it was.</param>
    public bool TryRead(ReadOnlySpan<byte> bytes, out string name, out ClassFingerprint fingerprint, out string? refusal)
    {
        name = "";
        fingerprint = default;
        if (!ClassFile.TryRead(bytes, scratch, out var file, out refusal))
        {
            return false;
        }

        var facts = 0;
        if (!constants.TryStart(file) || !TryCode(file, out var code))
        {
            refusal = "its code is broken";
            return false;
        }

        var shape = Shape(file, ref facts);
        name = Encoding.UTF8.GetString(file.Name);
        // What compilers make up is numbered as it comes.
        fingerprint = new ClassFingerprint(shape, code, (file.Access & (AccessSynthetic | AccessModule)) == 0 ? facts : 0);
        return true;
    }

    private bool TryCode(in ClassFile file, out ulong code)
    {
        code = ClassHash.Join(Head(file), (ulong)(file.Access & ClassAccess));
        var members = 0UL;
        for (var fields = file.Fields; fields.Next(); )
        {
            var value = 0UL;
            if (fields.Attributes.Find("ConstantValue"u8) is { Length: 2 } index && !constants.TryHash(file, (index[0] << 8) | index[1], out value))
            {
                return false;
            }

            members += ClassHash.Mix(ClassHash.Join(Member(file, fields), value));
        }

        for (var methods = file.Methods; methods.Next(); )
        {
            var body = 0UL;
            if (methods.Attributes.Find("Code"u8) is { IsEmpty: false } content && !bytecode.TryHash(file, content, out body))
            {
                return false;
            }

            members += ClassHash.Mix(ClassHash.Join(Member(file, methods), body));
        }

        code = ClassHash.Mix(ClassHash.Join(code, members));
        return true;
    }

    private ulong Head(in ClassFile file)
    {
        var head = constants.Class(file, file.ThisClass);
        if (file.SuperClass != 0)
        {
            head = ClassHash.Join(head, constants.Class(file, file.SuperClass));
        }

        var interfaces = 0UL;
        for (var i = 0; i < file.InterfaceCount; i++)
        {
            interfaces += constants.Class(file, file.Interface(i));
        }

        return ClassHash.Join(head, interfaces);
    }

    private ulong Member(in ClassFile file, in ClassMembers member) =>
        ClassHash.Join(ClassHash.Join(constants.Name(file, member.Name), constants.Descriptor(file, member.Descriptor)), (ulong)(member.Access & MemberAccess));

    private ulong Shape(in ClassFile file, ref int facts)
    {
        var sum = 0UL;
        for (var fields = file.Fields; fields.Next(); )
        {
            if (!fields.IsSynthetic)
            {
                sum += ClassHash.Mix(Member(file, fields));
                facts++;
            }
        }

        for (var methods = file.Methods; methods.Next(); )
        {
            // Not the class initialiser and not what only javac's newer versions have.
            if (!methods.IsSynthetic && file.Utf8(methods.Name) is not [(byte)'<', (byte)'c', ..])
            {
                sum += ClassHash.Mix(ClassHash.Join(Member(file, methods), 1));
                facts++;
            }
        }

        sum += Names(file, ref facts);
        sum += Texts(file, ref facts);
        return ClassHash.Mix(ClassHash.Join(Head(file), sum) + (ulong)(file.Access & ClassAccess));
    }

    // The names of the members and the numbers that it uses.
    private ulong Names(in ClassFile file, ref int facts)
    {
        used.AsSpan(0, file.ConstantCount).Clear();
        for (var methods = file.Methods; methods.Next(); )
        {
            // Bridges call what they stand for, and not all compilers build the same bridges.
            used[methods.Name] |= methods.IsSynthetic;
        }

        var sum = 0UL;
        for (var index = 1; index < file.ConstantCount; index++)
        {
            var kind = file.Kind(index);
            if (kind is ConstantKind.Integer or ConstantKind.Float or ConstantKind.Long or ConstantKind.Double)
            {
                sum += ClassHash.Mix(ClassHash.Of(file.Number(index)));
                facts++;
                continue;
            }

            if (kind is not (ConstantKind.Field or ConstantKind.Method or ConstantKind.InterfaceMethod))
            {
                continue;
            }

            var nameAt = file.First(file.Second(index));
            if (used[nameAt])
            {
                continue;
            }

            used[nameAt] = true;
            if (!CompilerCalls.Contain(file.Utf8(nameAt)))
            {
                sum += ClassHash.Mix(constants.Name(file, nameAt) + 1);
                facts++;
            }
        }

        return sum;
    }

    // The words of its strings: compilers join and part strings between them.
    private ulong Texts(in ClassFile file, ref int facts)
    {
        used.AsSpan(0, file.ConstantCount).Clear();
        var count = 0;
        for (var index = 1; index < file.ConstantCount && count < MaximumWords; index++)
        {
            if (file.Kind(index) != ConstantKind.String || used[file.First(index)])
            {
                continue;
            }

            used[file.First(index)] = true;
            var text = file.Utf8(file.First(index));
            // A class literal is such a text for compilers before Java 5.
            if (NameMask.IsClassName(text))
            {
                continue;
            }

            text = mask.Masked(text);
            while (count < MaximumWords && NameMask.NextWord(ref text) is { IsEmpty: false } word)
            {
                // One character alone is a number for some compilers.
                if (word.Length > 1)
                {
                    words[count++] = ClassHash.Of(word);
                }
            }
        }

        var all = words.AsSpan(0, count);
        all.Sort();
        var sum = 0UL;
        for (var i = 0; i < count; i++)
        {
            if (i == 0 || all[i] != all[i - 1])
            {
                sum += ClassHash.Mix(all[i] + 2);
                facts++;
            }
        }

        return sum;
    }
}
