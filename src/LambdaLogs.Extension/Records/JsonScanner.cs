using System.Runtime.CompilerServices;

namespace LambdaLogs.Extension.Records;

/// <summary>
/// Skips over JSON values without parsing them, and checks the grammar strictly, so that accepted text may be copied raw into a payload.
/// Unlike <c>Utf8JsonReader</c> it never throws, distinguishes incomplete from invalid text, and does not check the encoding of bytes
/// above 0x7F. After a step that returned false only <see cref="Fault"/> and <see cref="Position"/> are defined.
/// </summary>
/// <param name="text">The JSON text.</param>
/// Source: <see href="https://www.rfc-editor.org/rfc/rfc8259"/>
internal ref struct JsonScanner(ReadOnlySpan<byte> text)
{
    /// <summary>Deepest nesting of a value. Few destinations accept more.</summary>
    public const int DepthMax = 64;

    readonly ReadOnlySpan<byte> _text = text;

    /// <summary>Start of the next step; after a failure, where it occurred.</summary>
    public int Position;

    /// <summary>Why the last step failed.</summary>
    public ScanFault Fault { get; private set; }

    /// <summary>Whether an escaped lone surrogate was seen: valid JSON by the grammar, but many readers throw.</summary>
    public bool SawLoneSurrogate { get; private set; }

    /// <summary>The byte at <see cref="Position"/>; zero at the end.</summary>
    public readonly byte Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)Position < (uint)_text.Length ? _text[Position] : (byte)0;
    }

    /// <summary>Whether there are line breaks or tabs between values.</summary>
    public bool SawLineBreak { get; private set; }

    /// <summary>Skips white space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SkipWhitespace()
    {
        // Lambda writes no white space.
        if (Current <= ' ')
            SkipSpaces();
    }

    /// <summary>Skips one byte and the white space after it.</summary>
    /// <returns>False if the byte is a different one.</returns>
    public bool Skip(byte expected)
    {
        if (Current != expected)
            return Fail();

        Position++;
        SkipWhitespace();
        return true;
    }

    /// <summary>Skips a name, the colon and the white space around it.</summary>
    /// <param name="name">The raw name, without quotes.</param>
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

    /// <summary>Moves from the end of one member or element to the next.</summary>
    /// <param name="close">The bracket that ends the object or array.</param>
    /// <param name="ended">Whether the object or array ended; <see cref="Position"/> is then after the bracket.</param>
    public bool SkipToNext(byte close, out bool ended)
    {
        SkipWhitespace();
        ended = Current == close;
        if (!ended)
            return Skip((byte)',');

        Position++;
        return true;
    }

    /// <summary>Skips one value of any kind.</summary>
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

    /// <summary>Skips a string.</summary>
    public bool SkipString()
    {
        if (Current != '"')
            return Fail();

        var skipped = JsonTokens.CommonLength(_text[(Position + 1)..]);
        Position += skipped + 1;
        ScanSteps.Add(skipped + 1);
        while (Current != '"')
        {
            var plain = JsonTokens.PlainLength(_text[Position..]);
            Position += plain;
            ScanSteps.Add(plain + 1);
            if (Current == '\\')
            {
                if (!SkipToken(JsonTokens.EscapeLength(_text[Position..], out var isLone)))
                    return false;

                SawLoneSurrogate |= isLone;
            }
            else if (Current != '"')
            {
                return Fail();
            }
        }

        Position++;
        return true;
    }

    void SkipSpaces()
    {
        for (; Current is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'; Position++)
        {
            SawLineBreak |= Current != ' ';
            ScanSteps.Add(1);
        }
    }

    /// <summary>Enters an object or array, up to its first value.</summary>
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

    /// <summary>Moves from the end of a value to the next value of its parent, or out of all parents that end there.</summary>
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

    bool SkipBareValue() => Current is (byte)'t' or (byte)'f' or (byte)'n'
        ? SkipToken(JsonTokens.WordLength(_text[Position..]))
        : SkipToken(JsonTokens.NumberLength(_text[Math.Min(Position, _text.Length)..]));

    /// <param name="length">See <see cref="JsonTokens"/>.</param>
    bool SkipToken(int length)
    {
        Position += length < 0 ? ~length : length;
        ScanSteps.Add((length < 0 ? ~length : length) + 1);
        return length >= 0 || Fail();
    }

    bool Fail()
    {
        Fault = Position >= _text.Length ? ScanFault.Incomplete : ScanFault.Invalid;
        return false;
    }
}
