using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// The words of a line's head, one after the other. They are parted by spaces or by one tab, which in the inside of a JSON string is two
/// bytes; two tabs have an empty word between them.
/// </summary>
/// <param name="head">The beginning of a line, escaped.</param>
internal ref struct HeadWords(ReadOnlySpan<byte> head)
{
    readonly ReadOnlySpan<byte> _head = head;

    /// <summary>The word.</summary>
    public ReadOnlySpan<byte> Word { get; private set; }

    /// <summary>Where the text behind the word and what parts it from that text begins.</summary>
    public int Position { get; private set; }

    /// <summary>Whether a tab stands behind the word.</summary>
    public bool IsBeforeTab { get; private set; }

    /// <summary>Goes to the next word.</summary>
    /// <returns>False where the head ends: a word that may go on behind it is none.</returns>
    public bool Next()
    {
        while (Position < _head.Length && _head[Position] == ' ')
            Position++;

        var rest = _head[Position..];
        var length = WordLength(rest);
        if (length < 0)
            return false;

        Word = rest[..length];
        IsBeforeTab = rest[length] == '\\' && rest[length + 1] == 't';
        Position += length + (rest[length] == '\\' ? 2 : 1);
        return true;
    }

    /// <returns>Negative where no space, tab or line break ends the word.</returns>
    static int WordLength(ReadOnlySpan<byte> rest)
    {
        for (var length = LetterCount(rest); length + 1 < rest.Length; length += 2 + LetterCount(rest[(length + 2)..]))
        {
            if (rest[length] == ' ' || rest[length + 1] is (byte)'t' or (byte)'n' or (byte)'r')
                return length;
        }

        return -1;
    }

    /// <summary>How many bytes stand before a space or a backslash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int LetterCount(ReadOnlySpan<byte> text)
    {
        var at = 0;
        for (; at + Vector128<byte>.Count <= text.Length; at += Vector128<byte>.Count)
        {
            var bytes = Vector128.Create(text.Slice(at, Vector128<byte>.Count));
            var ends = Vector128.Equals(bytes, Vector128.Create((byte)' ')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'));
            if (ends != Vector128<byte>.Zero)
                return at + BitOperations.TrailingZeroCount(ends.ExtractMostSignificantBits());
        }

        while (at < text.Length && text[at] is not ((byte)' ' or (byte)'\\'))
            at++;
        return at;
    }
}
