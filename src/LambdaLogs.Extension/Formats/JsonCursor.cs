using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>Walks valid JSON by an index, without measuring values before visiting them. Pure.</summary>
internal static class JsonCursor
{
    /// <summary>Moves to the next member or element.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Index between two values of an object or array; after its bracket if it ended.</param>
    /// <param name="close">Its closing bracket.</param>
    /// <returns>False if it ended.</returns>
    public static bool SkipTo(ReadOnlySpan<byte> text, ref int at, byte close)
    {
        while (text[at] is (byte)',' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            at++;
        if (text[at] != close)
            return true;

        at++;
        return false;
    }

    /// <summary>Reads a member's name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Index of the name's opening quote; afterwards of the value.</param>
    /// <param name="plain">Space for the longest name.</param>
    /// <returns>The unescaped name.</returns>
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> text, ref int at, Span<byte> plain)
    {
        var name = text.Slice(at + 1, JsonValue.StringLength(text[(at + 1)..]));
        at += name.Length + 2;
        while (text[at] is (byte)':' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            at++;
        return Decode(name, plain);
    }

    /// <summary>Unescapes a name.</summary>
    /// <param name="name">The inside of a JSON string.</param>
    /// <param name="plain">Space for it.</param>
    public static ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> name, Span<byte> plain) =>
        name.IndexOf((byte)'\\') < 0 ? name : plain[..JsonText.Unescape(name, plain)];
}
