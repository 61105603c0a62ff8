using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>Walks JSON that was checked before by an index into it, so that nothing is measured before it is walked. Pure.</summary>
internal static class JsonPlace
{
    /// <summary>Goes to the next member or element.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Within an object or array, between two of its values; behind its bracket where it ended.</param>
    /// <param name="close">Its closing bracket.</param>
    /// <returns>False where it ended.</returns>
    public static bool SkipTo(ReadOnlySpan<byte> text, ref int at, byte close)
    {
        while (text[at] is (byte)',' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            at++;
        if (text[at] != close)
            return true;

        at++;
        return false;
    }

    /// <summary>Takes a member's name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">At the name's opening quote; at the value afterwards.</param>
    /// <param name="plain">Room for the longest name.</param>
    /// <returns>The name, decoded.</returns>
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> text, ref int at, Span<byte> plain)
    {
        var name = text.Slice(at + 1, JsonValue.StringLength(text[(at + 1)..]));
        at += name.Length + 2;
        while (text[at] is (byte)':' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            at++;
        return Decode(name, plain);
    }

    /// <summary>A name, decoded.</summary>
    /// <param name="name">The inside of a JSON string.</param>
    /// <param name="plain">Room for it.</param>
    public static ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> name, Span<byte> plain) =>
        name.IndexOf((byte)'\\') < 0 ? name : plain[..JsonText.Unescape(name, plain)];
}
