namespace LambdaLogs.Extension.Memory;

/// <summary>
/// A reusable buffer that grows and keeps its content. A small one is on the managed heap and stays there; a larger one is outside of it,
/// so that the heap does not grow with the load. One thread at a time.
/// </summary>
internal sealed class GrowingBuffer
{
    /// <summary>Largest size on the managed heap. Nearly every record needs less.</summary>
    public const int ManagedMax = 16 * 1024;

    const int SizeMin = 1024;

    byte[] _small = [];
    GrowingBlock? _large;

    /// <summary>Size in bytes.</summary>
    public int Length => IsLarge ? _large!.Length : _small.Length;

    /// <summary>Its bytes; valid until the size changes.</summary>
    public Span<byte> Span => IsLarge ? _large!.Span : _small;

    bool IsLarge => _large is { Length: > 0 };

    /// <summary>Grows the buffer if it is smaller than that. The size doubles with each step.</summary>
    /// <param name="bytes">The size needed.</param>
    /// <param name="kept">How many bytes at the start are kept.</param>
    /// <exception cref="InvalidOperationException">The system has no more memory.</exception>
    public void Grow(int bytes, int kept = 0)
    {
        if (bytes <= Length)
            return;

        var size = Rounded(bytes);
        if (size <= ManagedMax)
        {
            var before = _small;
            _small = GC.AllocateUninitializedArray<byte>(size);
            before.AsSpan(0, kept).CopyTo(_small);
            return;
        }

        var isFirst = !IsLarge;
        if (!(_large ??= new GrowingBlock()).TryResize(size))
            throw new InvalidOperationException($"{size} bytes of memory are not to be had");

        if (isFirst)
            _small.AsSpan(0, kept).CopyTo(_large.Span);
    }

    /// <summary>Releases an unusually large buffer, with its content.</summary>
    /// <param name="bytesMax">The size that may be kept.</param>
    public void Trim(int bytesMax)
    {
        if (_large is not { Length: > 0 } large || large.Length <= bytesMax)
            return;

        if (bytesMax <= ManagedMax)
            large.Dispose();
        else
            _ = large.TryResize(bytesMax);
    }

    static int Rounded(int bytes)
    {
        var size = (long)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(bytes, SizeMin));
        return (int)Math.Min(size, Array.MaxLength);
    }
}
