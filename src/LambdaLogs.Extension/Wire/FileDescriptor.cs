namespace LambdaLogs.Extension.Wire;

/// <summary>Operations on a file descriptor that need several system calls.</summary>
internal static unsafe class FileDescriptor
{
    /// <summary>Writes all bytes, in as many calls as necessary.</summary>
    /// <param name="descriptor">Open for writing.</param>
    /// <param name="bytes">What to write.</param>
    /// <returns>False if writing failed: a full disk, a closed pipe. A part may have been written.</returns>
    public static bool WriteAll(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (var written = 0; written < bytes.Length;)
            {
                var count = LibC.write(descriptor, start + written, (nuint)(bytes.Length - written));
                if (count < 0 && LibC.LastError != LibC.ErrorInterrupted)
                    return false;

                written += count > 0 ? (int)count : 0;
            }
        }

        return true;
    }
}
