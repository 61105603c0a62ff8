using System.Diagnostics;

namespace LambdaLogs.Extension.Records;

/// <summary>
/// Counts the bytes that parsers look at on the calling thread, so that tests can verify linear time. Not part of release builds.
/// </summary>
internal static class ScanSteps
{
    [ThreadStatic]
    static long _count;

    /// <summary>The number of bytes since the thread started.</summary>
    public static long Count => _count;

    /// <summary>Adds bytes.</summary>
    [Conditional("DEBUG")]
    public static void Add(int bytes) => _count += bytes;
}
