using System.Buffers.Text;
using System.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>Reads values from JSON responses. Never throws because of its input.</summary>
internal static class ResponseJson
{
    /// <summary>Whether a body is one complete JSON object.</summary>
    public static bool IsObject(ReadOnlySpan<byte> body)
    {
        body = body.Trim(" \t\r\n"u8);
        var scanner = new JsonScanner(body);
        return !body.IsEmpty && body[0] == '{' && scanner.SkipValue() && scanner.Position == body.Length;
    }

    /// <summary>Reads a member that is an integer, or a string of one.</summary>
    /// <param name="json">A valid object.</param>
    /// <param name="name">The member's name.</param>
    /// <returns>Null if there is none.</returns>
    public static long? Number(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var value = ObjectWalker.Find(json, name).Trim((byte)'"');
        return Utf8Parser.TryParse(value, out long number, out var used) && used == value.Length ? number : null;
    }

    /// <summary>Reads a member that is a string, unescaped. Empty: there is none.</summary>
    /// <param name="json">A valid object, or empty.</param>
    /// <param name="name">The member's name.</param>
    public static string Text(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var raw = ObjectWalker.FindText(json, name);
        var text = new byte[raw.Length];
        return Encoding.UTF8.GetString(text.AsSpan(0, JsonText.Unescape(raw, text)));
    }
}
