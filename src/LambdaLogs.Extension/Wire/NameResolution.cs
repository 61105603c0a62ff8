using System.Runtime.InteropServices;

namespace LambdaLogs.Extension.Wire;

/// <summary>
/// Keeps a static glibc binary from loading name service libraries of the machine it runs on, which belong to another glibc.
/// Source: <see href="https://sourceware.org/git/?p=glibc.git;a=blob;f=nss/nsswitch.h"/> (<c>__nss_configure_lookup</c>).
/// </summary>
internal static unsafe class NameResolution
{
    /// <summary>
    /// Names are looked up in the hosts file and by DNS only, whatever <c>nsswitch.conf</c> says. Call before a name is resolved.
    /// </summary>
    public static void UseHostsFileAndDnsOnly()
    {
        Configure("hosts\0"u8, "files dns\0"u8);
        Configure("passwd\0"u8, "files\0"u8);
        Configure("group\0"u8, "files\0"u8);
    }

    static void Configure(ReadOnlySpan<byte> database, ReadOnlySpan<byte> services)
    {
        fixed (byte* name = database, line = services)
            _ = __nss_configure_lookup(name, line);
    }

    [DllImport("libc")]
    static extern int __nss_configure_lookup(byte* database, byte* services);
}
