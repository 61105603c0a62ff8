using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Platform;

/// <summary>
/// Writes to a descriptor that may be a pipe without a reader. One write waits for a bounded time; after it has timed out, further writes
/// do not wait until there is room again. Thread-safe.
/// </summary>
/// <param name="descriptor">A descriptor that is open for writing.</param>
/// <param name="longestWait">The longest total wait of one write.</param>
/// <param name="time">Measures the wait (monotonic).</param>
internal sealed class BoundedOutput(int descriptor, TimeSpan longestWait, TimeProvider time)
{
    // A writable pipe accepts this many bytes without blocking (PIPE_BUF, rounded up by the kernel).
    const int PieceBytes = 4096;

    readonly Lock _gate = new();
    bool _isStuck;
    bool _isCut;

    /// <summary>Writes bytes.</summary>
    /// <returns>False if not all of them were written: no reader, a full disk or a closed pipe.</returns>
    public bool Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            var start = time.GetTimestamp();
            // After a truncated line, start a new one.
            if (_isCut && WriteAll("\n"u8, start) == 0)
                _isCut = false;
            if (_isCut)
                return false;

            var left = WriteAll(bytes, start);
            _isCut = left > 0 && left < bytes.Length;
            return left == 0;
        }
    }

    /// <returns>The number of bytes that are left.</returns>
    int WriteAll(ReadOnlySpan<byte> bytes, long start)
    {
        while (!bytes.IsEmpty && HasRoom(start))
        {
            var count = TryWrite(bytes[..Math.Min(bytes.Length, PieceBytes)]);
            if (count < 0)
                break;

            bytes = bytes[count..];
        }

        return bytes.Length;
    }

    unsafe bool HasRoom(long start)
    {
        var waited = new LibC.PollFd { Descriptor = descriptor, Events = SocketCalls.PollOut };
        while (true)
        {
            var left = _isStuck ? TimeSpan.Zero : longestWait - time.GetElapsedTime(start);
            var count = LibC.poll(&waited, 1, Math.Max((int)left.TotalMilliseconds, 0));
            if (count < 0 && LibC.LastError == LibC.ErrorInterrupted)
                continue;

            _isStuck = count == 0;
            return count > 0;
        }
    }

    /// <returns>The number of bytes written; negative if retrying is useless.</returns>
    unsafe int TryWrite(ReadOnlySpan<byte> piece)
    {
        fixed (byte* first = piece)
        {
            var count = LibC.write(descriptor, first, (nuint)piece.Length);
            if (count > 0)
                return (int)count;

            return LibC.LastError is LibC.ErrorInterrupted or LibC.ErrorAgain ? 0 : -1;
        }
    }
}
