using System.Numerics;

namespace LambdaLogs.Extension.Records;

/// <summary>A reusable buffer. One user at a time, one thread.</summary>
internal sealed class Scratch
{
    /// <summary>Largest buffer that is kept between POSTs, so that one huge record does not occupy memory permanently.</summary>
    const int KeptMax = 256 * 1024;

    const int SizeMin = 1024;

    byte[] _bytes = [];

    /// <summary>Returns a buffer of the given size with undefined content. Invalidates the previous one.</summary>
    public Span<byte> Take(int size)
    {
        if (_bytes.Length >= size)
            return _bytes;

        var rounded = Math.Min(BitOperations.RoundUpToPowerOf2((uint)Math.Max(size, SizeMin)), (uint)Array.MaxLength);
        return _bytes = GC.AllocateUninitializedArray<byte>((int)rounded);
    }

    /// <summary>Releases an unusually large buffer.</summary>
    public void Trim()
    {
        if (_bytes.Length > KeptMax)
            _bytes = [];
    }
}
