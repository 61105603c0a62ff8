using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Platform;

/// <summary>
/// Writes to a descriptor that may be a pipe which nobody reads: a write waits for a bounded time, and once one has waited in vain, the
/// next ones do not wait at all until there is room again. Thread-safe.
/// </summary>
/// <param name="descriptor">Open for writing.</param>
/// <param name="longestWait">How long one write may wait in all.</param>
/// <param name="time">Measures that (monotonic).</param>
internal sealed class BoundedOutput(int descriptor, TimeSpan longestWait, TimeProvider time)
{
    // A pipe that can be written to takes so much at once without blocking (PIPE_BUF, and what the kernel rounds it to).
    const int PieceBytes = 4096;

    readonly Lock _gate = new();
    bool _isStuck;
    bool _isCut;

    /// <summary>Writes bytes.</summary>
    /// <returns>False where not all of them could be written: nobody reads, a full disk, a closed pipe.</returns>
    public bool Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            var start = time.GetTimestamp();
            // What follows a line that was cut short begins a line of its own.
            if (_isCut && WriteAll("\n"u8, start) == 0)
                _isCut = false;
            if (_isCut)
                return false;

            var left = WriteAll(bytes, start);
            _isCut = left > 0 && left < bytes.Length;
            return left == 0;
        }
    }

    /// <returns>How many bytes are left.</returns>
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

    /// <returns>The count; negative where it is of no use to go on.</returns>
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
