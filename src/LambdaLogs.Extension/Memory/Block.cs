namespace LambdaLogs.Extension.Memory;

/// <summary>
/// A fixed slice of an <see cref="Arena"/>. Valid as long as the arena; the owner of a block must keep a reference to the arena.
/// </summary>
/// <param name="Start">Address of the first byte.</param>
/// <param name="Length">Size in bytes.</param>
internal readonly unsafe record struct Block(nint Start, int Length)
{
    /// <summary>The bytes of the block.</summary>
    public Span<byte> Span => new((void*)Start, Length);

    /// <summary>Pointer to the first byte.</summary>
    public byte* Pointer => (byte*)Start;

    /// <summary>Returns a part of the block.</summary>
    public Block Slice(int offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)offset, (uint)Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(Length - offset));
        return new Block(Start + offset, length);
    }

    /// <summary>Returns whole pages from an offset on to the system. They read as zero when they are used again.</summary>
    /// <param name="offset">First byte that is no longer needed.</param>
    public void Release(int offset = 0)
    {
        const nint Mask = Kernel.PageBytes - 1;
        var start = (Start + offset + Mask) & ~Mask;
        var end = (Start + Length) & ~Mask;
        if (end > start)
            _ = Kernel.madvise((void*)start, (nuint)(end - start), Kernel.DontNeed);
    }
}
