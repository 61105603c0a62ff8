using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// The words of a line's head, one after the other. They are split by blanks, by one tab, which in the inside of a JSON string is two
/// bytes, by bars, brackets and the sequences that colour text; two tabs have an empty word between them.
/// </summary>
/// <param name="head">The beginning of a line, escaped.</param>
/// <param name="isWhole">Whether it is the whole line: then its end ends a word.</param>
internal ref struct HeadWords(ReadOnlySpan<byte> head, bool isWhole = false)
{
    readonly ReadOnlySpan<byte> _head = head;

    /// <summary>The word.</summary>
    public ReadOnlySpan<byte> Word { get; private set; }

    /// <summary>Where the word begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where the text behind the word and what parts it from that text begins.</summary>
    public int Position { get; private set; }

    /// <summary>Whether a tab stands behind the word.</summary>
    public bool IsBeforeTab { get; private set; }

    /// <summary>Whether the text ends behind the word.</summary>
    public bool IsLast { get; private set; }

    /// <summary>Whether the word is in brackets.</summary>
    public bool IsBracketed { get; private set; }

    /// <summary>Whether it is the first word in its brackets.</summary>
    public bool OpensBracket { get; private set; }

    /// <summary>Whether it is the last word in its brackets.</summary>
    public bool ClosesBracket { get; private set; }

    /// <summary>Whether a bar stands before or behind the word.</summary>
    public bool IsBarred { get; private set; }

    /// <summary>Whether the word is in a colour of its own.</summary>
    public bool IsColoured { get; private set; }

    bool _isOpen;
    bool _isAfterBar;

    /// <summary>Goes to the next word.</summary>
    /// <returns>False where the head ends: a word that may go on behind it is none.</returns>
    public bool Next()
    {
        var isAfterColour = SkipSeparators();
        Start = Position;
        var rest = _head[Position..];
        var length = WordLength(rest);
        if (length < 0)
        {
            if (!isWhole || rest.IsEmpty)
                return false;

            length = rest.Length;
        }

        Word = rest[..length];
        IsBracketed = _isOpen;
        IsLast = length == rest.Length;
        IsBeforeTab = false;
        ClosesBracket = false;
        IsColoured = false;
        IsBarred = _isAfterBar;
        _isAfterBar = false;
        Position += length;
        if (!IsLast)
            TakeEnd(rest[length..], isAfterColour);
        return true;
    }

    /// <summary>Steps over the rest of the brackets that the word is in.</summary>
    /// <returns>False where they do not end within the head.</returns>
    public bool SkipBracket()
    {
        if (!_isOpen)
            return true;

        var end = _head[Position..].IndexOf((byte)']');
        if (end < 0)
            return false;

        Position += end + 1;
        _isOpen = false;
        return true;
    }

    /// <returns>Whether a colour began.</returns>
    bool SkipSeparators()
    {
        var isAfterColour = false;
        OpensBracket = false;
        while (Position < _head.Length)
        {
            var letter = _head[Position];
            if (letter == ' ')
            {
                Position++;
            }
            else if (letter == '|' && Position > 0)
            {
                Position++;
                _isAfterBar = true;
            }
            else if (letter == '[' && !_isOpen)
            {
                Position++;
                _isOpen = true;
                OpensBracket = true;
            }
            else if (letter == '\\' && Colours.Length(_head[Position..]) is var length and > 0)
            {
                Position += length;
                isAfterColour = true;
            }
            else
            {
                break;
            }
        }

        return isAfterColour;
    }

    /// <summary>Looks at what ends the word, and steps over it.</summary>
    void TakeEnd(ReadOnlySpan<byte> rest, bool isAfterColour)
    {
        // Blanks are padding before a bracket's end, a bar, and a colour's end.
        var end = EndOfPadding(rest, out var colours);
        if (end < rest.Length && rest[end] == ']')
        {
            ClosesBracket = _isOpen;
            _isOpen = false;
            Position += end + 1;
        }
        else if (end < rest.Length && rest[end] == '|')
        {
            IsBarred = true;
            _isAfterBar = true;
            Position += end + 1;
        }
        else if (colours > 0 && rest[0] != ' ')
        {
            IsColoured = isAfterColour;
            Position += colours;
        }
        else
        {
            IsBeforeTab = rest is [(byte)'\\', (byte)'t', ..];
            Position += rest[0] == '\\' ? 2 : 1;
        }
    }

    /// <param name="rest">From the end of the word on.</param>
    /// <param name="colours">Where the first sequence of a colour ends; zero where there is none.</param>
    static int EndOfPadding(ReadOnlySpan<byte> rest, out int colours)
    {
        var at = 0;
        colours = 0;
        while (at < rest.Length)
        {
            var length = rest[at] == ' ' ? 1 : Colours.Length(rest[at..]);
            if (length == 0)
                break;

            at += length;
            if (colours == 0 && length > 1)
                colours = at;
        }

        return at;
    }

    /// <returns>Negative where nothing ends the word.</returns>
    readonly int WordLength(ReadOnlySpan<byte> rest)
    {
        for (var length = LetterCount(rest); length < rest.Length; length += LetterCount(rest[length..]))
        {
            switch (rest[length])
            {
                case (byte)'\\':
                    if (length + 1 >= rest.Length)
                        return -1;
                    if (rest[length + 1] is (byte)'t' or (byte)'n' or (byte)'r' || Colours.Length(rest[length..]) > 0)
                        return length;
                    length += 2;
                    break;
                case (byte)']' when !_isOpen:
                    length++;
                    break;
                default:
                    return length;
            }
        }

        return -1;
    }

    /// <summary>How many bytes stand before a blank, a backslash, a bar or a bracket.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int LetterCount(ReadOnlySpan<byte> text)
    {
        var at = 0;
        for (; at + Vector128<byte>.Count <= text.Length; at += Vector128<byte>.Count)
        {
            // Of a backslash, a bracket and a bar the lowest two of these bits tell which: 5C, 5D, 7C.
            var bytes = Vector128.Create(text.Slice(at, Vector128<byte>.Count));
            var ends = Vector128.Equals(bytes, Vector128.Create((byte)' '))
                | Vector128.Equals(bytes & Vector128.Create((byte)0xDF), Vector128.Create((byte)'\\'))
                | Vector128.Equals(bytes, Vector128.Create((byte)']'));
            if (ends != Vector128<byte>.Zero)
                return at + BitOperations.TrailingZeroCount(ends.ExtractMostSignificantBits());
        }

        while (at < text.Length && text[at] is not ((byte)' ' or (byte)'\\' or (byte)'|' or (byte)']'))
            at++;
        return at;
    }
}
