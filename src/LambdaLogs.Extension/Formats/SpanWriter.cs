namespace LambdaLogs.Extension.Formats;

/// <summary>Writes bytes one behind the other into a span that the caller made large enough.</summary>
internal ref struct SpanWriter(Span<byte> destination)
{
    Span<byte> _rest = destination;
    readonly int _size = destination.Length;

    /// <summary>How many bytes were written.</summary>
    public readonly int Written => _size - _rest.Length;

    /// <summary>Where the next byte goes.</summary>
    public readonly Span<byte> Rest => _rest;

    /// <summary>Writes bytes. A destination that is too small is a caller's mistake: it throws.</summary>
    public void Add(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_rest);
        _rest = _rest[bytes.Length..];
    }

    /// <summary>Takes bytes as written that the caller put into <see cref="Rest"/>.</summary>
    public void Skip(int count) => _rest = _rest[count..];
}
