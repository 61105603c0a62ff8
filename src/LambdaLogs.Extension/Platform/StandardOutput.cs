using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Platform;

/// <summary>Standard output, where Lambda collects the extension's own lines. <c>System.Console</c> would cost pages at start-up.</summary>
internal static class StandardOutput
{
    const int StandardOutputDescriptor = 1;

    static readonly Lock Gate = new();

    /// <summary>Writes bytes whole. A closed output is no reason to fail. Thread-safe.</summary>
    public static void Write(ReadOnlySpan<byte> bytes)
    {
        lock (Gate)
            _ = Descriptor.WriteAll(StandardOutputDescriptor, bytes);
    }
}
