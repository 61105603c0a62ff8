using System.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>Builds the bytes of a format that are the same for every record. Used once per process.</summary>
internal sealed class ConstantText
{
    readonly List<byte> _bytes = [];

    /// <summary>Appends bytes unchanged.</summary>
    public ConstantText Raw(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
            _bytes.Add(one);
        return this;
    }

    /// <summary>Appends a text as the inside of a JSON string.</summary>
    public ConstantText Text(string text) => Raw(Escaped(text));

    /// <summary>Appends a string member of an object, <c>"name":"text"</c>, after a comma.</summary>
    /// <param name="name">The name, without characters that need an escape.</param>
    /// <param name="text">Any text. Empty: nothing is appended.</param>
    public ConstantText Member(string name, string text) =>
        text.Length == 0 ? this : Raw(",\""u8).Text(name).Raw("\":\""u8).Text(text).Raw("\""u8);

    /// <summary>Appends a member for each field.</summary>
    /// <param name="fields">Names and texts.</param>
    /// <param name="prefix">The prefix of each name.</param>
    public ConstantText Members(IReadOnlyList<KeyValuePair<string, string>> fields, string prefix = "")
    {
        foreach (var (name, text) in fields)
            Raw(",\""u8).Text(prefix + name).Raw("\":\""u8).Text(text).Raw("\""u8);
        return this;
    }

    /// <summary>Appends an object of string members.</summary>
    public ConstantText Object(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        Raw("{"u8);
        for (var index = 0; index < fields.Count; index++)
            Raw(index == 0 ? "\""u8 : ",\""u8).Text(fields[index].Key).Raw("\":\""u8).Text(fields[index].Value).Raw("\""u8);
        return Raw("}"u8);
    }

    /// <summary>Removes the last byte: the comma at the end of a list.</summary>
    public ConstantText WithoutLast()
    {
        _bytes.RemoveAt(_bytes.Count - 1);
        return this;
    }

    /// <summary>Returns all bytes.</summary>
    public byte[] ToArray() => [.. _bytes];

    static byte[] Escaped(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var escaped = new byte[JsonText.EscapedMax(plain)];
        return escaped[..JsonText.Escape(plain, escaped)];
    }
}
