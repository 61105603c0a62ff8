namespace LambdaLogs.Extension.Memory;

/// <summary>
/// A block outside of the managed heap that grows and shrinks. The kernel moves its pages, so that growing copies nothing; what it gives
/// up goes back to the system at once; only pages that were written to are resident. One thread. Its owner disposes of it.
/// </summary>
internal sealed unsafe class GrowingBlock : IDisposable
{
    Block _block;

    /// <summary>How many bytes it has. 0 at first.</summary>
    public int Length => _block.Length;

    /// <summary>Its bytes; valid until its size changes.</summary>
    public Span<byte> Span => _block.Span;

    /// <summary>Changes its size and keeps what both sizes have in common.</summary>
    /// <returns>False where the system has no more memory. It is as it was then.</returns>
    public bool TryResize(int bytes)
    {
        var (before, after) = ((nuint)Arena.Pages(_block.Length), (nuint)Arena.Pages(bytes));
        var start = _block.Start;
        if (after == 0)
        {
            Dispose();
            return true;
        }

        if (before == 0)
            start = (nint)Kernel.mmap(null, after, Kernel.ReadAndWrite, Kernel.PrivateAnonymousNoReserve, -1, 0);
        else if (before != after)
            start = (nint)Kernel.mremap((void*)start, before, after, Kernel.MayMove);
        if (start == -1)
            return false;

        _block = new Block(start, bytes);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_block.Length > 0)
            _ = Kernel.munmap(_block.Pointer, (nuint)Arena.Pages(_block.Length));
        _block = default;
    }
}
