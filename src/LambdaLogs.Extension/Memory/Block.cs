namespace LambdaLogs.Extension.Memory;

/// <summary>A fixed slice of an <see cref="Arena"/>. Valid as long as that is; whoever holds it holds the arena too.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">How many bytes it has.</param>
internal readonly unsafe record struct Block(nint Start, int Length)
{
    /// <summary>Its bytes.</summary>
    public Span<byte> Span => new((void*)Start, Length);

    /// <summary>Its first byte.</summary>
    public byte* Pointer => (byte*)Start;

    /// <summary>A part of it.</summary>
    public Block Slice(int offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)offset, (uint)Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(Length - offset));
        return new Block(Start + offset, length);
    }

    /// <summary>Gives the memory of whole pages from an offset on back to the system. They are zero when they are touched again.</summary>
    /// <param name="offset">Where what is not needed any more begins.</param>
    public void Release(int offset = 0)
    {
        const nint Mask = Kernel.PageBytes - 1;
        var start = (Start + offset + Mask) & ~Mask;
        var end = (Start + Length) & ~Mask;
        if (end > start)
            _ = Kernel.madvise((void*)start, (nuint)(end - start), Kernel.DontNeed);
    }
}
