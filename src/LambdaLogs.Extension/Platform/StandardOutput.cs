namespace LambdaLogs.Extension.Platform;

/// <summary>
/// Standard output, from which Lambda collects the extension's lines. <c>System.Console</c> would cost memory pages at start-up.
/// </summary>
internal static class StandardOutput
{
    const int StandardOutputDescriptor = 1;

    // Half of the time that Lambda gives for a shutdown. Later writes do not wait again.
    static readonly BoundedOutput Output = new(StandardOutputDescriptor, TimeSpan.FromSeconds(1), TimeProvider.System);

    /// <summary>Writes all bytes. A closed output is ignored, and an output without a reader does not block forever. Thread-safe.</summary>
    public static void Write(ReadOnlySpan<byte> bytes) => _ = Output.Write(bytes);
}
