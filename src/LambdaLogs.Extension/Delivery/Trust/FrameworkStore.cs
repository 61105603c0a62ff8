using System.Runtime.InteropServices;

namespace LambdaLogs.Extension.Delivery.Trust;

/// <summary>
/// The certificate store that the framework keeps for itself. It loads the system's whole store before the first chain is built, also where
/// that chain trusts none of it: 70 to 80 ms with the store of a Debian image.
/// </summary>
internal static unsafe partial class FrameworkStore
{
    /// <summary>
    /// Makes the framework look for its store where there is none. Takes nothing away: <see cref="TrustAnchors"/> decide about every chain.
    /// To be called before the first TLS connection, on the thread that opens it; changes the environment of the process as native code
    /// sees it.
    /// </summary>
    public static void LeaveEmpty()
    {
        fixed (byte* file = "SSL_CERT_FILE"u8, directory = "SSL_CERT_DIR"u8, nowhere = "/dev/null"u8, home = "HOME"u8, temporary = "/tmp"u8)
        {
            // It also asks for the user's own store. Without HOME and without /etc/passwd, as in an image from scratch, that question is an
            // exception.
            _ = SetVariable(home, temporary, overwrite: 0);
            _ = SetVariable(file, nowhere, overwrite: 1);
            _ = SetVariable(directory, nowhere, overwrite: 1);
        }
    }

    // Not Environment.SetEnvironmentVariable: that changes a copy, which the framework's native part does not read.
    [LibraryImport("libc", EntryPoint = "setenv")]
    private static partial int SetVariable(byte* name, byte* value, int overwrite);
}
