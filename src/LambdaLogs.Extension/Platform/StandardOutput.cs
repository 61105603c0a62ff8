namespace LambdaLogs.Extension.Platform;

/// <summary>Standard output, where Lambda collects the extension's own lines. <c>System.Console</c> would cost pages at start-up.</summary>
internal static class StandardOutput
{
    const int StandardOutputDescriptor = 1;

    // Half of what Lambda gives for a shutdown. Who writes next does not wait again.
    static readonly BoundedOutput Output = new(StandardOutputDescriptor, TimeSpan.FromSeconds(1), TimeProvider.System);

    /// <summary>
    /// Writes bytes whole. A closed output is no reason to fail, and one that nobody reads none to wait for ever. Thread-safe.
    /// </summary>
    public static void Write(ReadOnlySpan<byte> bytes) => _ = Output.Write(bytes);
}
