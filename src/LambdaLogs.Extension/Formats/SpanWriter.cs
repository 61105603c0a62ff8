using System.Buffers.Text;
using System.Runtime.CompilerServices;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>Writes bytes sequentially into a span that is large enough.</summary>
internal ref struct SpanWriter(Span<byte> destination)
{
    Span<byte> _rest = destination;
    readonly int _size = destination.Length;

    /// <summary>The number of bytes written.</summary>
    public readonly int Written => _size - _rest.Length;

    /// <summary>The remaining space.</summary>
    public readonly Span<byte> Remaining => _rest;

    /// <summary>Writes bytes. Throws if the destination is too small, which is a bug of the caller.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(scoped ReadOnlySpan<byte> bytes)
    {
        ScanSteps.Add(bytes.Length);
        bytes.CopyTo(_rest);
        _rest = _rest[bytes.Length..];
    }

    /// <summary>Writes one byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(byte octet)
    {
        _rest[0] = octet;
        _rest = _rest[1..];
    }

    /// <summary>Writes a number in decimal digits.</summary>
    public void AddNumber(long number)
    {
        Utf8Formatter.TryFormat(number, _rest, out var digits);
        _rest = _rest[digits..];
    }

    /// <summary>Writes a string member of an object, or nothing if the text is empty.</summary>
    /// <param name="opening">Everything before the text, including its opening quote.</param>
    /// <param name="text">The inside of a JSON string.</param>
    public void AddOptional(scoped ReadOnlySpan<byte> opening, scoped ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return;

        Add(opening);
        Add(text);
        Add((byte)'"');
    }

    /// <summary>Writes a string member like the other overload, and then a closing text.</summary>
    /// <param name="opening">Everything before the text, including its opening quote.</param>
    /// <param name="text">The inside of a JSON string.</param>
    /// <param name="closing">Everything after the closing quote.</param>
    public void AddOptional(scoped ReadOnlySpan<byte> opening, scoped ReadOnlySpan<byte> text, scoped ReadOnlySpan<byte> closing)
    {
        AddOptional(opening, text);
        if (!text.IsEmpty)
            Add(closing);
    }

    /// <summary>Writes one of two texts for a boolean, or nothing if it is null.</summary>
    public void AddFlag(bool? flag, scoped ReadOnlySpan<byte> whenTrue, scoped ReadOnlySpan<byte> whenFalse)
    {
        if (flag is { } known)
            Add(known ? whenTrue : whenFalse);
    }

    /// <summary>Writes a record's attributes after their name, or nothing if there are none.</summary>
    public void AddAttributes(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> attributes)
    {
        if (attributes.IsEmpty)
            return;

        Add(name);
        Add(attributes);
    }

    /// <summary>Writes seconds since 1970 with three decimals.</summary>
    /// <param name="milliseconds">Milliseconds since 1970, not negative.</param>
    public void AddSeconds(long milliseconds)
    {
        AddNumber(milliseconds / 1000);
        var rest = (int)(milliseconds % 1000);
        Add([(byte)'.', (byte)('0' + rest / 100), (byte)('0' + rest / 10 % 10), (byte)('0' + rest % 10)]);
    }

    /// <summary>Commits bytes that the caller wrote into <see cref="Remaining"/>.</summary>
    public void Advance(int count) => _rest = _rest[count..];
}
