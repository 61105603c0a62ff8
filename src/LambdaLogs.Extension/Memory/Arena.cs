namespace LambdaLogs.Extension.Memory;

/// <summary>
/// All memory for what waits for the endpoint: one block that is reserved at the start and committed page by page when it is first
/// used. Slices are taken once, at the start, so that no allocation can fail later.
/// </summary>
internal sealed unsafe class Arena
{
    readonly nint _start;
    readonly long _bytes;
    long _taken;

    /// <summary>Reserves the block.</summary>
    /// <param name="bytes">Its size.</param>
    /// <exception cref="InvalidOperationException">The system does not provide this much address space.</exception>
    public Arena(long bytes)
    {
        _bytes = Pages(bytes);
        _start = (nint)Kernel.mmap(null, (nuint)_bytes, Kernel.ReadAndWrite, Kernel.PrivateAnonymousNoReserve, -1, 0);
        if (_start == -1)
            throw new InvalidOperationException($"{_bytes} bytes of memory cannot be reserved");
    }

    /// <summary>Unmaps the block. In the extension it lives as long as the process.</summary>
    ~Arena() => _ = Kernel.munmap((void*)_start, (nuint)_bytes);

    /// <summary>Size in bytes.</summary>
    public long Bytes => _bytes;

    /// <summary>Takes a slice. Slices are never returned.</summary>
    /// <param name="bytes">Its size.</param>
    /// <exception cref="InvalidOperationException">The arena has fewer bytes left: the sizes were computed incorrectly.</exception>
    public Block Take(int bytes)
    {
        var offset = _taken;
        var end = offset + Pages(bytes);
        if (end > _bytes)
            throw new InvalidOperationException($"the arena has {_bytes - offset} bytes left and not {bytes}");

        _taken = end;
        return new Block((nint)(_start + offset), bytes);
    }

    /// <summary>Rounds a size up to whole pages.</summary>
    public static long Pages(long bytes) => (bytes + Kernel.PageBytes - 1) & ~(Kernel.PageBytes - 1L);
}
