using System.Diagnostics;

namespace LambdaLogs.Extension.Records;

/// <summary>
/// Counts the bytes that readers look at, on the calling thread, for tests: that reading takes steps by the byte. Not in what ships.
/// </summary>
internal static class ScanSteps
{
    [ThreadStatic]
    static long _count;

    /// <summary>How many bytes were looked at since the thread began.</summary>
    public static long Count => _count;

    /// <summary>Bytes were looked at.</summary>
    [Conditional("DEBUG")]
    public static void Add(int bytes) => _count += bytes;
}
