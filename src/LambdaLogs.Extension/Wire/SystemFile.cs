using System.Text;

namespace LambdaLogs.Extension.Wire;

/// <summary>Reads small files by direct system calls: the streams of <c>System.IO</c> would cost memory pages at start-up.</summary>
internal static unsafe class SystemFile
{
    const int BytesMax = 64 * 1024;

    /// <summary>Returns the first 64 KB of a file as text.</summary>
    /// <returns>Empty if it cannot be read.</returns>
    public static string Read(string path)
    {
        int descriptor;
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
            descriptor = LibC.open(name, LibC.OpenReadOnly | LibC.OpenCloseOnExec, 0);
        if (descriptor < 0)
            return "";

        Span<byte> buffer = stackalloc byte[1024];
        var filled = 0;
        while (filled < BytesMax)
        {
            if (filled == buffer.Length)
                buffer = Grow(buffer);
            nint count;
            fixed (byte* free = buffer[filled..])
                count = LibC.read(descriptor, free, (nuint)(buffer.Length - filled));
            if (count <= 0)
                break;

            filled += (int)count;
        }

        _ = LibC.close(descriptor);
        return Encoding.UTF8.GetString(buffer[..filled]);
    }

    static Span<byte> Grow(Span<byte> full)
    {
        var larger = new byte[full.Length * 4];
        full.CopyTo(larger);
        return larger;
    }
}
