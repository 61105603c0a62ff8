using System.Runtime.Intrinsics;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>What a word in a line's head can be. Pure.</summary>
internal static class HeadWord
{
    /// <summary>Shortest time: <c>09:26:53</c>.</summary>
    const int TimeLengthMin = 8;

    const int UuidLength = 36;

    /// <summary>
    /// Reads a level: in brackets or before a colon in any case; bare only in capitals, or in any case where tabs part the fields. A line
    /// that begins with <c>Error while</c> says nothing of its level. Of key and value, as in <c>level=warning</c>, the value is read in
    /// any case.
    /// </summary>
    /// <param name="word">The word.</param>
    /// <param name="isField">Whether a tab ends it.</param>
    /// <param name="level">The level; INFO where it is none.</param>
    public static bool TryReadLevel(ReadOnlySpan<byte> word, bool isField, out LogLevel level)
    {
        level = LogLevel.Info;
        if (word.Length is < 3 or > LevelNames.LengthMax + 6)
            return false;

        if (word.StartsWith("level="u8))
            return LevelNames.TryParse(word["level="u8.Length..], out level);

        var name = word[^1] == ':' ? word[..^1] : word;
        var marked = name.Length < word.Length;
        if (name[0] == '[' && name[^1] == ']')
        {
            name = name[1..^1];
            marked = true;
        }

        return (marked || isField || !name.ContainsAnyExceptInRange((byte)'A', (byte)'Z')) && LevelNames.TryParse(name, out level);
    }

    /// <summary>Whether it looks like a time or a date, or a part of one, of any logger.</summary>
    public static bool IsTimeLike(ReadOnlySpan<byte> word)
    {
        if (word.Length < TimeLengthMin)
            return false;

        if (!char.IsAsciiDigit((char)word[0]) && (word[0] != '[' || !char.IsAsciiDigit((char)word[1])))
            return false;

        if (Rfc3339.IsCommon(word))
            return true;

        var parts = 0;
        foreach (var letter in word[1..])
        {
            if (letter is (byte)':' or (byte)'-' or (byte)'/')
                parts++;
            else if (!char.IsAsciiDigit((char)letter) && !".,TZ+]"u8.Contains(letter))
                return false;
        }

        return parts > 1;
    }

    /// <summary>
    /// Reads the level of <c>WARNING:root:message</c>, which Python's logging writes unless it is told otherwise: in capitals, a name
    /// behind it.
    /// </summary>
    /// <param name="word">The line's first word, or its beginning: the name and what follows need not end within it.</param>
    /// <param name="level">The level; INFO where it is none.</param>
    public static bool TryReadBasicLevel(ReadOnlySpan<byte> word, out LogLevel level)
    {
        level = LogLevel.Info;
        var colon = word.IndexOf((byte)':');
        if (colon is < 0 or > LevelNames.LengthMax || word[..colon].ContainsAnyExceptInRange((byte)'A', (byte)'Z'))
            return false;

        return word[(colon + 1)..].Contains((byte)':') && LevelNames.TryParse(word[..colon], out level);
    }

    /// <summary>Whether it is the time of a line of keys and values: <c>time=2024-05-15T23:59:20.159Z</c>, or quoted.</summary>
    public static bool IsNamedTime(ReadOnlySpan<byte> word) => word.StartsWith("time="u8) || word.StartsWith("ts="u8);

    /// <summary>Whether it has the shape of a request id: <c>459921b5-681c-4a96-beb0-81e0aa586026</c>.</summary>
    public static bool IsRequestId(ReadOnlySpan<byte> word)
    {
        if (word.Length != UuidLength || word[8] != '-' || word[13] != '-' || word[18] != '-' || word[23] != '-')
            return false;

        return IsHex(word[..16]) && IsHex(word[16..32]) && IsHex(word[(UuidLength - 16)..]);
    }

    /// <summary>Whether 16 bytes are hexadecimal digits or dashes.</summary>
    static bool IsHex(ReadOnlySpan<byte> text)
    {
        var bytes = Vector128.Create(text);
        var digits = Vector128.LessThanOrEqual(bytes - Vector128.Create((byte)'0'), Vector128.Create((byte)9));
        var lower = bytes | Vector128.Create((byte)0x20);
        var letters = Vector128.LessThanOrEqual(lower - Vector128.Create((byte)'a'), Vector128.Create((byte)5));
        return (digits | letters | Vector128.Equals(bytes, Vector128.Create((byte)'-'))) == Vector128<byte>.AllBitsSet;
    }

    /// <summary>Whether it stands where an id could and says that there is none.</summary>
    public static bool IsNoId(ReadOnlySpan<byte> word) => word.IsEmpty || word.SequenceEqual("undefined"u8) || word.SequenceEqual("null"u8);

    /// <summary>Whether it only parts what stands before it from what stands behind it.</summary>
    public static bool IsRule(ReadOnlySpan<byte> word) => word.Length == 1 && word[0] is ((byte)'-' or (byte)'|');

    /// <summary>Whether it is the name of a thread or logger in brackets.</summary>
    public static bool IsBracketed(ReadOnlySpan<byte> word) => word.Length > 2 && word[0] == '[' && word[^1] == ']';
}
