using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Enumerates the words in the prefix of a line. Separators are spaces, tabs (two bytes in the inside of a JSON string), bars, brackets
/// and colour sequences; two tabs have an empty word between them.
/// </summary>
/// <param name="head">The escaped start of a line.</param>
/// <param name="isWhole">Whether it is the whole line: then its end also ends a word.</param>
internal ref struct PrefixWords(ReadOnlySpan<byte> head, bool isWhole = false)
{
    readonly ReadOnlySpan<byte> _head = head;

    /// <summary>The current word.</summary>
    public ReadOnlySpan<byte> Word { get; private set; }

    /// <summary>Index of the word.</summary>
    public int Start { get; private set; }

    /// <summary>Index of the text after the word and its separator.</summary>
    public int Position { get; private set; }

    /// <summary>Whether a tab follows the word.</summary>
    public bool IsBeforeTab { get; private set; }

    /// <summary>Whether the text ends after the word.</summary>
    public bool IsLast { get; private set; }

    /// <summary>Whether the word is in brackets.</summary>
    public bool IsBracketed { get; private set; }

    /// <summary>Whether it is the first word in its brackets.</summary>
    public bool OpensBracket { get; private set; }

    /// <summary>Whether it is the last word in its brackets.</summary>
    public bool ClosesBracket { get; private set; }

    /// <summary>Whether a bar precedes or follows the word.</summary>
    public bool IsBarred { get; private set; }

    /// <summary>Whether the word has a colour of its own.</summary>
    public bool IsColoured { get; private set; }

    bool _isOpen;
    bool _isAfterBar;

    /// <summary>Moves to the next word.</summary>
    /// <returns>False at the end of the prefix: a word that may continue after it is not returned.</returns>
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

    /// <summary>Skips the rest of the brackets that contain the word.</summary>
    /// <returns>False if they do not end within the prefix.</returns>
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

    /// <returns>Whether a colour sequence was skipped.</returns>
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
            else if (letter == '\\' && AnsiColours.Length(_head[Position..]) is var length and > 0)
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

    /// <summary>Examines and skips the separator after the word.</summary>
    void TakeEnd(ReadOnlySpan<byte> rest, bool isAfterColour)
    {
        // Spaces before a closing bracket, a bar or the end of a colour are padding.
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

    /// <param name="rest">Starts at the end of the word.</param>
    /// <param name="colours">End of the first colour sequence; zero if there is none.</param>
    static int EndOfPadding(ReadOnlySpan<byte> rest, out int colours)
    {
        var at = 0;
        colours = 0;
        while (at < rest.Length)
        {
            var length = rest[at] == ' ' ? 1 : AnsiColours.Length(rest[at..]);
            if (length == 0)
                break;

            at += length;
            if (colours == 0 && length > 1)
                colours = at;
        }

        return at;
    }

    /// <returns>Negative if nothing ends the word.</returns>
    readonly int WordLength(ReadOnlySpan<byte> rest)
    {
        for (var length = LetterCount(rest); length < rest.Length; length += LetterCount(rest[length..]))
        {
            switch (rest[length])
            {
                case (byte)'\\':
                    if (length + 1 >= rest.Length)
                        return -1;
                    if (rest[length + 1] is (byte)'t' or (byte)'n' or (byte)'r' || AnsiColours.Length(rest[length..]) > 0)
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

    /// <summary>Number of bytes before a space, a backslash, a bar or a bracket.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int LetterCount(ReadOnlySpan<byte> text)
    {
        var at = 0;
        for (; at + Vector128<byte>.Count <= text.Length; at += Vector128<byte>.Count)
        {
            // The lowest two bits distinguish backslash, bracket and bar: 5C, 5D, 7C.
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
