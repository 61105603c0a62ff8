using System.Buffers;
using System.Buffers.Text;

using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>Writes the message of a platform event from raw values, which stay escaped. Fields without a value are left out.</summary>
/// <param name="destination">Large enough: the record's length plus <see cref="ConstantsMax"/>.</param>
internal ref struct MessageWriter(Span<byte> destination)
{
    /// <summary>Most bytes of a message that are not from the record.</summary>
    public const int ConstantsMax = 512;

    /// <summary>Larger numbers are written as they are: with two decimals they could be hundreds of bytes longer.</summary>
    const double DecimalMax = 1e12;

    readonly Span<byte> _destination = destination;

    /// <summary>The number of bytes written.</summary>
    public int Written { get; private set; }

    /// <summary>Writes a text.</summary>
    public void Add(scoped ReadOnlySpan<byte> text)
    {
        text.CopyTo(_destination[Written..]);
        Written += text.Length;
    }

    /// <summary>Writes a space, a name, a value and its unit.</summary>
    public void Field(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ReadOnlySpan<byte> unit = default)
    {
        if (value.IsEmpty)
            return;

        Add(" "u8);
        Add(name);
        Add(value);
        Add(unit);
    }

    /// <summary>Writes a space, a name and milliseconds with two decimals.</summary>
    public void Milliseconds(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return;

        Add(" "u8);
        Add(name);
        Decimal(value, unit: 1);
        Add(" ms"u8);
    }

    /// <summary>Writes <c> after 53.91 ms</c>, or seconds from <c>1.00</c> on: a timeout of 1 s may be reported as 999.3 ms.</summary>
    /// <param name="milliseconds">A JSON number, or empty.</param>
    public void After(ReadOnlySpan<byte> milliseconds)
    {
        if (!Utf8Parser.TryParse(milliseconds, out double value, out _))
            return;

        const double SecondRoundedMs = 995;
        Add(" after "u8);
        Decimal(milliseconds, value < SecondRoundedMs ? 1 : 1000);
        Add(value < SecondRoundedMs ? " ms"u8 : " seconds"u8);
    }

    /// <summary>Writes the strings of a JSON array: <c>[INVOKE, SHUTDOWN]</c>.</summary>
    /// <param name="name">The text before it, which follows a space.</param>
    /// <param name="array">The raw array, or empty.</param>
    public void List(ReadOnlySpan<byte> name, ReadOnlySpan<byte> array)
    {
        if (array.IsEmpty || array[0] != '[')
            return;

        Add(" "u8);
        Add(name);
        Add("["u8);
        var scanner = new JsonScanner(array);
        var ended = !scanner.Skip((byte)'[') || scanner.Current == ']';
        for (var first = true; !ended; first = false)
        {
            var start = scanner.Position;
            scanner.SkipValue();
            var value = array[start..scanner.Position];
            Add(first ? default : ", "u8);
            Add(ObjectWalker.Text(value));
            ended = !scanner.SkipToNext((byte)']', out var last) || last;
        }

        Add("]"u8);
    }

    /// <summary>Writes a number with two decimals; a huge one as it is.</summary>
    void Decimal(ReadOnlySpan<byte> number, double unit)
    {
        var isPlain = Utf8Parser.TryParse(number, out double value, out _) && Math.Abs(value) < DecimalMax;
        if (isPlain && Utf8Formatter.TryFormat(value / unit, _destination[Written..], out var length, new StandardFormat('F', 2)))
            Written += length;
        else
            Add(number);
    }
}
