namespace LambdaLogs.Extension.Memory;

/// <summary>
/// A block outside of the managed heap that can grow and shrink. The kernel remaps its pages, so that growing does not copy, and shrinking
/// returns memory to the system immediately; only pages that were written to are resident. For one thread. The owner disposes of it.
/// </summary>
internal sealed unsafe class GrowingBlock : IDisposable
{
    Block _block;

    /// <summary>Releases a block that was not disposed of. In the extension such blocks live as long as the process.</summary>
    ~GrowingBlock() => Dispose();

    /// <summary>Size in bytes. 0 at first.</summary>
    public int Length => _block.Length;

    /// <summary>The bytes of the block; valid until the size changes.</summary>
    public Span<byte> Span => _block.Span;

    /// <summary>Changes the size and keeps the common part of the content.</summary>
    /// <returns>False if the system has no more memory. The block is then unchanged.</returns>
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
