namespace LambdaLogs.Extension.Memory;

/// <summary>
/// A buffer that grows, keeps what is in it, and is used again. What is small lies on the managed heap, where it stays; what is larger lies
/// outside of it, so that the heap does not grow with what arrives. One thread at a time.
/// </summary>
internal sealed class GrowingBuffer
{
    /// <summary>Largest size on the managed heap: what nearly every record needs.</summary>
    public const int ManagedMax = 16 * 1024;

    const int SizeMin = 1024;

    byte[] _small = [];
    GrowingBlock? _large;

    /// <summary>How many bytes there are.</summary>
    public int Length => IsLarge ? _large!.Length : _small.Length;

    /// <summary>The bytes; valid until its size changes.</summary>
    public Span<byte> Span => IsLarge ? _large!.Span : _small;

    bool IsLarge => _large is { Length: > 0 };

    /// <summary>Makes it larger where it is smaller, by steps that double.</summary>
    /// <param name="bytes">How many bytes are needed.</param>
    /// <param name="kept">How many of the first bytes are kept.</param>
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

    /// <summary>Gives memory back that is unusually large. What is in it is lost then.</summary>
    /// <param name="bytesMax">What may be kept.</param>
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
