namespace LambdaLogs.Extension.Memory;

/// <summary>
/// All memory that depends on what arrives: one block that is reserved at the start and touched only as it is used, so that what is never
/// needed costs nothing and what is needed never has to be asked for. Slices are taken once, at the start.
/// </summary>
internal sealed unsafe class Arena
{
    readonly nint _start;
    readonly long _bytes;
    long _taken;

    /// <summary>Reserves it.</summary>
    /// <param name="bytes">Its size.</param>
    /// <exception cref="InvalidOperationException">The system does not give so much address space.</exception>
    public Arena(long bytes)
    {
        _bytes = Pages(bytes);
        _start = (nint)Kernel.mmap(null, (nuint)_bytes, Kernel.ReadAndWrite, Kernel.PrivateAnonymousNoReserve, -1, 0);
        if (_start == -1)
            throw new InvalidOperationException($"{_bytes} bytes of memory cannot be reserved");
    }

    /// <summary>Gives it back. In the extension it lives as long as the process.</summary>
    ~Arena() => _ = Kernel.munmap((void*)_start, (nuint)_bytes);

    /// <summary>Its size.</summary>
    public long Bytes => _bytes;

    /// <summary>Takes a slice. It is never given back.</summary>
    /// <param name="bytes">Its size.</param>
    /// <exception cref="InvalidOperationException">So much is not left: the sizes were added up wrongly.</exception>
    public Block Take(int bytes)
    {
        var offset = _taken;
        var end = offset + Pages(bytes);
        if (end > _bytes)
            throw new InvalidOperationException($"the arena has {_bytes - offset} bytes left and not {bytes}");

        _taken = end;
        return new Block((nint)(_start + offset), bytes);
    }

    /// <summary>What a slice of this size takes: whole pages.</summary>
    public static long Pages(long bytes) => (bytes + Kernel.PageBytes - 1) & ~(Kernel.PageBytes - 1L);
}
