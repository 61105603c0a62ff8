using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Steps over JSON values without reading them, and checks the grammar strictly, so that what it accepted may be copied raw into a payload.
/// Unlike <c>Utf8JsonReader</c> it never throws, tells an incomplete text from a broken one, and does not look at the encoding of bytes above
/// 0x7F. After a step that returned false only <see cref="Fault"/> and <see cref="Position"/> mean anything.
/// </summary>
/// <param name="text">The JSON text.</param>
/// Source: <see href="https://www.rfc-editor.org/rfc/rfc8259"/>
internal ref struct JsonScanner(ReadOnlySpan<byte> text)
{
    /// <summary>Deepest nesting of a value. What is deeper few destinations would read.</summary>
    public const int DepthMax = 64;

    readonly ReadOnlySpan<byte> _text = text;

    /// <summary>Where the next step begins; after a fault, where it was found.</summary>
    public int Position;

    /// <summary>Why the last step failed.</summary>
    public ScanFault Fault { get; private set; }

    /// <summary>Whether an escape for half a surrogate pair was seen: JSON by its grammar, but no text, and many readers throw.</summary>
    public bool SawLoneSurrogate { get; private set; }

    /// <summary>The byte at <see cref="Position"/>; zero at the end.</summary>
    public readonly byte Current => (uint)Position < (uint)_text.Length ? _text[Position] : (byte)0;

    /// <summary>Whether line breaks or tabs stand between values.</summary>
    public bool SawLineBreak { get; private set; }

    /// <summary>Steps over white space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SkipWhitespace()
    {
        // Lambda writes none.
        if (Current <= ' ')
            SkipSpaces();
    }

    /// <summary>Steps over one byte and the white space behind it.</summary>
    /// <returns>False where another byte stands there.</returns>
    public bool Skip(byte expected)
    {
        if (Current != expected)
            return Fail();

        Position++;
        SkipWhitespace();
        return true;
    }

    /// <summary>Steps over a name, the colon and the white space around it.</summary>
    /// <param name="name">The name as it stands there, without its quotes.</param>
    public bool SkipName(out ReadOnlySpan<byte> name)
    {
        var start = Position + 1;
        name = default;
        if (!SkipString())
            return false;

        name = _text[start..(Position - 1)];
        SkipWhitespace();
        return Skip((byte)':');
    }

    /// <summary>Steps from the end of one member or element to the next.</summary>
    /// <param name="close">The bracket that ends the object or array.</param>
    /// <param name="ended">Whether it ended here; <see cref="Position"/> is then behind the bracket.</param>
    public bool SkipToNext(byte close, out bool ended)
    {
        SkipWhitespace();
        ended = Current == close;
        if (!ended)
            return Skip((byte)',');

        Position++;
        return true;
    }

    /// <summary>Steps over one value of any kind.</summary>
    public bool SkipValue()
    {
        var depth = 0;
        var objects = 0UL;
        while (true)
        {
            if (Current is (byte)'{' or (byte)'[')
            {
                if (!Open(ref depth, ref objects, out var empty))
                    return false;

                if (!empty)
                    continue;
            }
            else if (Current == '"' ? !SkipString() : !SkipBareValue())
            {
                return false;
            }

            if (!Close(ref depth, ref objects))
                return false;

            if (depth == 0)
                return true;
        }
    }

    /// <summary>Steps over a string.</summary>
    public bool SkipString()
    {
        if (Current != '"')
            return Fail();

        Position++;
        while (true)
        {
            Position += PlainLength(_text[Position..]);
            if (Current == '"')
            {
                Position++;
                return true;
            }

            if (Current != '\\' ? !Fail() : !SkipEscape())
                return false;
        }
    }

    void SkipSpaces()
    {
        for (; Current is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'; Position++)
            SawLineBreak |= Current != ' ';
    }

    /// <summary>How many bytes of a string's inside stand for themselves: up to a quote, a backslash or a byte below 0x20.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int PlainLength(ReadOnlySpan<byte> text)
    {
        // Not IndexOfAny: most strings are short, and its call alone costs more than they do.
        var at = 0;
        for (; at + Vector128<byte>.Count <= text.Length; at += Vector128<byte>.Count)
        {
            var bytes = Vector128.Create(text.Slice(at, Vector128<byte>.Count));
            var special = Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)' '));
            if (special != Vector128<byte>.Zero)
                return at + BitOperations.TrailingZeroCount(special.ExtractMostSignificantBits());
        }

        while (at < text.Length && text[at] is >= (byte)' ' and not ((byte)'"' or (byte)'\\'))
            at++;
        return at;
    }

    /// <summary>Steps into an object or array, up to its first value.</summary>
    bool Open(ref int depth, ref ulong objects, out bool empty)
    {
        empty = false;
        if (depth == DepthMax)
        {
            Fault = ScanFault.TooDeep;
            return false;
        }

        var isObject = Current == '{';
        depth++;
        objects = objects << 1 | (isObject ? 1UL : 0);
        Position++;
        SkipWhitespace();
        empty = Current == (isObject ? (byte)'}' : (byte)']');
        return empty || !isObject || SkipName(out _);
    }

    /// <summary>Steps from a value's end to the next value of what it is in, or out of all that ends there.</summary>
    bool Close(ref int depth, ref ulong objects)
    {
        while (depth > 0)
        {
            SkipWhitespace();
            var isObject = (objects & 1) != 0;
            if (Current == ',')
            {
                Position++;
                SkipWhitespace();
                return !isObject || SkipName(out _);
            }

            if (Current != (isObject ? (byte)'}' : (byte)']'))
                return Fail();

            Position++;
            depth--;
            objects >>= 1;
        }

        return true;
    }

    bool SkipBareValue() => Current switch
    {
        (byte)'t' => SkipWord("true"u8),
        (byte)'f' => SkipWord("false"u8),
        (byte)'n' => SkipWord("null"u8),
        _ => SkipNumber(),
    };

    bool SkipWord(ReadOnlySpan<byte> word)
    {
        foreach (var letter in word)
        {
            if (Current != letter)
                return Fail();

            Position++;
        }

        return true;
    }

    bool SkipNumber()
    {
        if (Current == '-')
            Position++;
        if (Current == '0')
            Position++;
        else if (!SkipDigits())
            return false;

        if (Current == '.')
        {
            Position++;
            if (!SkipDigits())
                return false;
        }

        if (Current is not ((byte)'e' or (byte)'E'))
            return true;

        Position++;
        if (Current is (byte)'+' or (byte)'-')
            Position++;
        return SkipDigits();
    }

    /// <summary>Steps over one digit or more.</summary>
    bool SkipDigits()
    {
        var start = Position;
        while (char.IsAsciiDigit((char)Current))
            Position++;
        return Position > start || Fail();
    }

    bool SkipEscape()
    {
        Position++;
        if (Current is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t')
        {
            Position++;
            return true;
        }

        if (Current != 'u')
            return Fail();

        var number = JsonText.HexNumber(_text[(Position + 1)..]);
        if (number < 0)
            return FailInNumber();

        Position += 5;
        if (number is >= 0xD800 and <= 0xDFFF)
            SkipLowSurrogate(number);
        return true;
    }

    void SkipLowSurrogate(int first)
    {
        var next = _text[Position..];
        var second = next.StartsWith("\\u"u8) ? JsonText.HexNumber(next[2..]) : -1;
        if (first <= 0xDBFF && second is >= 0xDC00 and <= 0xDFFF)
            Position += 6;
        else
            SawLoneSurrogate = true;
    }

    /// <summary>Fails at the first byte behind <c>\u</c> that is no hexadecimal digit.</summary>
    bool FailInNumber()
    {
        do
            Position++;
        while (char.IsAsciiHexDigit((char)Current));
        return Fail();
    }

    bool Fail()
    {
        Fault = Position >= _text.Length ? ScanFault.Incomplete : ScanFault.Invalid;
        return false;
    }
}
