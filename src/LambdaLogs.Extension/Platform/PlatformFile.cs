using System.Text;
using LambdaLogs.Extension.Platform.Wire;

namespace LambdaLogs.Extension.Platform;

/// <summary>Reads small files by direct system calls: <c>System.IO</c>'s streams would cost pages at start-up.</summary>
internal static unsafe class PlatformFile
{
    const int BytesMax = 64 * 1024;

    /// <summary>The first 64 KB of a file as text.</summary>
    /// <returns>Empty where it cannot be read.</returns>
    public static string Read(string path)
    {
        int descriptor;
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
            descriptor = LibC.open(name, LibC.OpenReadOnly | LibC.OpenCloseOnExec, 0);
        if (descriptor < 0)
            return "";

        Span<byte> chunk = stackalloc byte[2048];
        var text = new StringBuilder();
        fixed (byte* start = chunk)
        {
            nint count;
            while (text.Length < BytesMax && (count = LibC.read(descriptor, start, (nuint)chunk.Length)) > 0)
                text.Append(Encoding.UTF8.GetString(chunk[..(int)count]));
        }

        _ = LibC.close(descriptor);
        return text.ToString();
    }
}
