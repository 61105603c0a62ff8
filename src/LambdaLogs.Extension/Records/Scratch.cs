using System.Numerics;

namespace LambdaLogs.Extension.Records;

/// <summary>A buffer that is used again and again. One user at a time, one thread.</summary>
internal sealed class Scratch
{
    /// <summary>What is kept between POSTs. A huge record must not cost its memory for the rest of the process.</summary>
    const int KeptMax = 256 * 1024;

    const int SizeMin = 1024;

    byte[] _bytes = [];

    /// <summary>Room for a number of bytes, with anything in it. What was taken before is no longer valid.</summary>
    public Span<byte> Take(int size)
    {
        if (_bytes.Length >= size)
            return _bytes;

        var rounded = Math.Min(BitOperations.RoundUpToPowerOf2((uint)Math.Max(size, SizeMin)), (uint)Array.MaxLength);
        return _bytes = GC.AllocateUninitializedArray<byte>((int)rounded);
    }

    /// <summary>Gives up a buffer that is unusually large.</summary>
    public void Trim()
    {
        if (_bytes.Length > KeptMax)
            _bytes = [];
    }
}
