namespace LambdaLogs.Extension.Delivery;

/// <summary>A compressed body, held by the attempts that send it. Belongs to a <see cref="BodyCompressor"/>, which guards it.</summary>
/// <param name="owner">Takes it back.</param>
/// <param name="buffer">Holds the bytes.</param>
/// <param name="batchId">Whose body it is.</param>
/// <param name="plainLength">Size of the body before, in bytes.</param>
internal sealed class CompressedBody(BodyCompressor owner, MemoryStream buffer, string batchId, int plainLength) : IDisposable
{
    /// <summary>Whose body it is.</summary>
    public string BatchId => batchId;

    /// <summary>Size of the body before, in bytes.</summary>
    public int PlainLength => plainLength;

    /// <summary>What goes over the wire.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);

    /// <summary>Where the bytes are.</summary>
    public MemoryStream Buffer => buffer;

    /// <summary>How many attempts send it now. Guarded by the owner.</summary>
    public int Users { get; set; }

    /// <summary>The attempt is over.</summary>
    public void Dispose() => owner.Leave(this);
}
