using System.Buffers.Text;
using System.Runtime.CompilerServices;

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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_rest);
        _rest = _rest[bytes.Length..];
    }

    /// <summary>Writes a number in decimal digits.</summary>
    public void AddNumber(long number)
    {
        Utf8Formatter.TryFormat(number, _rest, out var digits);
        _rest = _rest[digits..];
    }

    /// <summary>Writes a text member of an object, or nothing where the text is empty.</summary>
    /// <param name="opening">All that stands before the text, its opening quote included.</param>
    /// <param name="text">The inside of a JSON string.</param>
    public void AddOptional(scoped ReadOnlySpan<byte> opening, scoped ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return;

        Add(opening);
        Add(text);
        Add("\""u8);
    }

    /// <summary>Writes a text member as the other does, and what closes what its opening has opened.</summary>
    /// <param name="opening">All that stands before the text, its opening quote included.</param>
    /// <param name="text">The inside of a JSON string.</param>
    /// <param name="closing">All that stands behind the closing quote.</param>
    public void AddOptional(scoped ReadOnlySpan<byte> opening, scoped ReadOnlySpan<byte> text, scoped ReadOnlySpan<byte> closing)
    {
        AddOptional(opening, text);
        if (!text.IsEmpty)
            Add(closing);
    }

    /// <summary>Writes one of two texts for a flag, or nothing where it is not known.</summary>
    public void AddFlag(bool? flag, scoped ReadOnlySpan<byte> whenTrue, scoped ReadOnlySpan<byte> whenFalse)
    {
        if (flag is { } known)
            Add(known ? whenTrue : whenFalse);
    }

    /// <summary>Writes a record's attributes behind their name, or nothing where there are none.</summary>
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

    /// <summary>Takes bytes as written that the caller put into <see cref="Rest"/>.</summary>
    public void Skip(int count) => _rest = _rest[count..];
}
