using LambdaLogs.Extension.Platform.Wire;

namespace LambdaLogs.Extension.Platform;

/// <summary>Standard output, where Lambda collects the extension's own lines. <c>System.Console</c> would cost pages at start-up.</summary>
internal static unsafe class StandardOutput
{
    static readonly Lock Gate = new();

    /// <summary>Writes bytes whole. A closed output is no reason to fail. Thread-safe.</summary>
    public static void Write(ReadOnlySpan<byte> bytes)
    {
        lock (Gate)
        {
            fixed (byte* start = bytes)
            {
                for (var written = 0; written < bytes.Length;)
                {
                    var count = LibC.write(1, start + written, (nuint)(bytes.Length - written));
                    if (count < 0 && LibC.LastError != LibC.ErrorInterrupted)
                        return;

                    written += count > 0 ? (int)count : 0;
                }
            }
        }
    }
}
