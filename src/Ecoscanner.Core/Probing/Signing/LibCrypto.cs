using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ecoscanner.Probing.Signing;

/// <summary>The few functions of OpenSSL 3's libcrypto that Ed25519 needs.</summary>
internal static partial class LibCrypto
{
    // EVP_PKEY_ED25519 in openssl/evp.h (NID_ED25519).
    public const int Ed25519KeyType = 1087;

    private const string Library = "libcrypto";

    static LibCrypto() => NativeLibrary.SetDllImportResolver(typeof(LibCrypto).Assembly, Resolve);

    /// <summary>The names libcrypto 3 goes by on this system, in the order they are tried.</summary>
    public static IReadOnlyList<string> Names { get; } =
        OperatingSystem.IsWindows() ? [RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? "libcrypto-3-arm64.dll" : "libcrypto-3-x64.dll"]
        : OperatingSystem.IsMacOS()
            ? ["libcrypto.3.dylib", "/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib", "/usr/local/opt/openssl@3/lib/libcrypto.3.dylib"]
        : ["libcrypto.so.3"];

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    public static partial KeyHandle NewPrivateKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    public static partial KeyHandle NewPublicKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    public static partial int RawPublicKey(KeyHandle key, Span<byte> raw, ref nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    public static partial ContextHandle NewContext();

    [LibraryImport(Library, EntryPoint = "EVP_DigestSignInit")]
    public static partial int SignInit(ContextHandle context, nint keyContext, nint digest, nint engine, KeyHandle key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSign")]
    public static partial int Sign(ContextHandle context, Span<byte> signature, ref nuint length, ReadOnlySpan<byte> message, nuint messageLength);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerifyInit")]
    public static partial int VerifyInit(ContextHandle context, nint keyContext, nint digest, nint engine, KeyHandle key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerify")]
    public static partial int Verify(ContextHandle context, ReadOnlySpan<byte> signature, nuint length, ReadOnlySpan<byte> message, nuint messageLength);

    [LibraryImport(Library, EntryPoint = "ERR_clear_error")]
    public static partial void ClearErrors();

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_free")]
    private static partial void FreeKey(nint key);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    private static partial void FreeContext(nint context);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name is not Library)
        {
            return 0;
        }

        foreach (var candidate in Names)
        {
            // Never the current directory, where a planted DLL would wait.
            if (NativeLibrary.TryLoad(candidate, assembly, DllImportSearchPath.SafeDirectories, out var handle))
            {
                return handle;
            }
        }

        // Returning 0 would let the runtime try the unversioned name, which macOS answers by ending the process.
        throw new DllNotFoundException($"OpenSSL 3 was not found (tried {string.Join(", ", Names)})");
    }

    /// <summary>An <c>EVP_PKEY</c>.</summary>
    internal sealed class KeyHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            FreeKey(handle);
            return true;
        }
    }

    /// <summary>An <c>EVP_MD_CTX</c>.</summary>
    internal sealed class ContextHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            FreeContext(handle);
            return true;
        }
    }
}
