using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Attributes as additional fields of GELF, which knows texts and numbers only: a member of a nested object is named by its whole path
/// (<c>_order_id</c>), an array is the text of its JSON, flags are texts, null is left out. Pure.
/// </summary>
/// <param name="taken">Names that the attributes must not use, each in quotes; one that does gets an underscore behind it.</param>
internal readonly struct GelfFields(byte[] taken)
{
    /// <summary>Objects within objects that are flattened; what is deeper is the text of its JSON.</summary>
    const int DepthMax = 8;

    /// <summary>Longest path that is written, its quotes included; what is longer is cut.</summary>
    const int PathMax = 256;

    /// <summary>Comma, colon, the underscore of a taken name, and the quotes of a value that had none.</summary>
    const int Syntax = 5;

    /// <summary>How much <see cref="Write"/> writes at most.</summary>
    /// <param name="attributes">A JSON object, or empty.</param>
    public static int MaxSize(ReadOnlySpan<byte> attributes) => attributes.IsEmpty ? 0 : Measure(attributes, 2, 0);

    /// <summary>Writes all fields, a comma before each.</summary>
    /// <param name="attributes">A JSON object, or empty.</param>
    /// <param name="writer">Where to write.</param>
    public void Write(scoped ReadOnlySpan<byte> attributes, ref SpanWriter writer)
    {
        Span<byte> path = stackalloc byte[PathMax];
        "\"_"u8.CopyTo(path);
        WriteMembers(attributes, path, 2, 0, ref writer);
    }

    static int Measure(ReadOnlySpan<byte> value, int pathLength, int depth)
    {
        var size = 0;
        var inside = JsonValue.Inside(value);
        while (JsonValue.TryNext(ref inside, hasNames: true, out var name, out var member))
        {
            var length = Math.Min(PathMax - 1, pathLength + name.Length);
            if (member[0] == '{' && depth < DepthMax)
                size += Measure(member, Math.Min(PathMax - 1, length + 1), depth + 1);
            else
                size += Syntax + length + 1 + (IsPlain(member) ? member.Length : JsonText.EscapedMax(member));
        }

        return size;
    }

    void WriteMembers(scoped ReadOnlySpan<byte> value, scoped Span<byte> path, int pathLength, int depth, ref SpanWriter writer)
    {
        var inside = JsonValue.Inside(value);
        while (JsonValue.TryNext(ref inside, hasNames: true, out var name, out var member))
        {
            var length = Append(name, path, pathLength);
            if (member[0] == '{' && depth < DepthMax)
                WriteMembers(member, path, Append("_"u8, path, length), depth + 1, ref writer);
            else if (member[0] != 'n')
                WriteField(path[..(length + 1)], member, ref writer);
        }
    }

    /// <param name="name">The path behind its opening quote, and room for the closing one.</param>
    /// <param name="value">A JSON value.</param>
    /// <param name="writer">Where to write.</param>
    void WriteField(scoped Span<byte> name, scoped ReadOnlySpan<byte> value, ref SpanWriter writer)
    {
        name[^1] = (byte)'"';
        var isTaken = taken.AsSpan().IndexOf(name) >= 0;
        writer.Add(","u8);
        writer.Add(isTaken ? name[..^1] : name);
        writer.Add(isTaken ? "_\":"u8 : ":"u8);
        if (IsPlain(value))
        {
            writer.Add(value);
            return;
        }

        writer.Add("\""u8);
        writer.Skip(JsonText.Escape(value, writer.Rest));
        writer.Add("\""u8);
    }

    static bool IsPlain(ReadOnlySpan<byte> value) => value[0] is (byte)'"' or (byte)'-' || char.IsAsciiDigit((char)value[0]);

    /// <summary>Adds a name to a path: letters, digits, <c>_</c>, <c>.</c> and <c>-</c> stay, anything else becomes <c>_</c>.</summary>
    static int Append(ReadOnlySpan<byte> name, Span<byte> path, int length)
    {
        foreach (var letter in name)
        {
            // The last place is the closing quote's.
            if (length == path.Length - 1)
                break;

            var isAllowed = char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'_' or (byte)'.' or (byte)'-';
            path[length++] = isAllowed ? letter : (byte)'_';
        }

        return length;
    }
}
