namespace LambdaLogs.Extension.Telemetry;

/// <summary>ANSI colour sequences as they appear in the inside of a JSON string. Pure.</summary>
/// Source: <see href="https://en.wikipedia.org/wiki/ANSI_escape_code#Select_Graphic_Rendition_parameters"/>
internal static class AnsiColours
{
    const int HeadLength = 7;

    /// <summary>Returns the length of the sequence at the start of a text, for example <c>\u001b[31m</c>.</summary>
    /// <returns>Zero: there is none.</returns>
    public static int Length(ReadOnlySpan<byte> text)
    {
        if (text.Length <= HeadLength || !text.StartsWith("\\u001"u8) || (text[5] | 0x20) != 'b' || text[6] != '[')
            return 0;

        var rest = text[HeadLength..].IndexOfAnyExcept("0123456789;:"u8);
        return rest >= 0 && text[HeadLength + rest] is (byte)'m' or (byte)'K' ? HeadLength + rest + 1 : 0;
    }

    /// <summary>Removes sequences and white space from both ends of a text.</summary>
    public static ReadOnlySpan<byte> Without(ReadOnlySpan<byte> text)
    {
        text = text.Trim((byte)' ');
        while (Length(text) is var length and > 0)
            text = text[length..].TrimStart((byte)' ');

        while (text.LastIndexOf((byte)'\\') is var last and >= 0 && last + Length(text[last..]) == text.Length)
            text = text[..last].TrimEnd((byte)' ');
        return text;
    }
}
