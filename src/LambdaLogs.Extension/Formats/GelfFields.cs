using System.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Writes attributes as additional fields of GELF, which supports only strings and numbers: a member of a nested object is named by its
/// path (<c>_order_id</c>), an array or an empty object becomes a string of JSON, booleans become strings, and null is left out. A name
/// that Graylog would reject gets an underscore appended, a duplicate name a number. One thread at a time.
/// </summary>
/// <param name="ours">Names of the extension's own fields, without the leading underscore.</param>
internal sealed class GelfFields(IReadOnlyList<string> ours)
{
    /// <summary>Nesting depth up to which objects are flattened; deeper ones become a string of JSON.</summary>
    const int DepthMax = 8;

    /// <summary>Longest path including quotes; longer ones are truncated.</summary>
    const int PathMax = 256;

    /// <summary>Comma, colon, the quotes of an unquoted value, and an underscore or number that makes a name unique.</summary>
    const int Syntax = 20;

    readonly ulong[] _ours = [.. ours.Select(name => NameSet.Hash(0, Encoding.UTF8.GetBytes(name)))];
    readonly NameSet _names = new();
    readonly Scratch _plain = new();
    int _number;

    /// <summary>Upper bound of what <see cref="Write"/> writes.</summary>
    /// <param name="attributes">A JSON object, or empty.</param>
    public static int MaxSize(ReadOnlySpan<byte> attributes) => attributes.IsEmpty ? 0 : Measure(attributes, 2, 0);

    /// <summary>Writes all fields, each after a comma.</summary>
    /// <param name="attributes">A JSON object, or empty.</param>
    /// <param name="writer">Receives the output.</param>
    public void Write(scoped ReadOnlySpan<byte> attributes, ref SpanWriter writer)
    {
        if (attributes.IsEmpty)
            return;

        _names.Reset(attributes.Count((byte)':') + _ours.Length);
        foreach (var name in _ours)
            _names.TryAdd(name);
        _number = 2;
        _plain.Trim();
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
            var length = (int)Math.Min(PathMax - 1, pathLength + ((long)name.Length * GelfKey.GrowthMax));
            if (IsNested(member, depth))
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
            var length = GelfKey.Append(JsonCursor.Decode(name, _plain.Take(name.Length)), path, pathLength);
            if (IsNested(member, depth))
                WriteMembers(member, path, GelfKey.Append("_"u8, path, length), depth + 1, ref writer);
            else if (member[0] != 'n')
                WriteField(path[..length], member, ref writer);
        }
    }

    /// <param name="name">The path after its opening quote and underscore.</param>
    /// <param name="value">A JSON value.</param>
    /// <param name="writer">Receives the output.</param>
    void WriteField(scoped Span<byte> name, scoped ReadOnlySpan<byte> value, ref SpanWriter writer)
    {
        writer.Add(","u8);
        writer.Add(name);
        WriteUniqueSuffix(name[2..], ref writer);
        writer.Add("\":"u8);
        if (IsPlain(value))
        {
            writer.Add(value);
            return;
        }

        writer.Add("\""u8);
        writer.Advance(JsonText.Escape(value, writer.Remaining));
        writer.Add("\""u8);
    }

    /// <summary>
    /// Appends an underscore to a name that Graylog would reject, and a number to a duplicate one. Graylog stores dots as underscores.
    /// </summary>
    void WriteUniqueSuffix(scoped ReadOnlySpan<byte> name, ref SpanWriter writer)
    {
        Span<byte> stored = stackalloc byte[PathMax + Syntax];
        name.Replace(stored, (byte)'.', (byte)'_');
        var length = name.Length;
        if (GelfKey.IsReserved(stored[..length]))
        {
            stored[length++] = (byte)'_';
            writer.Add("_"u8);
        }

        if (_names.TryAdd(NameSet.Hash(0, stored[..length])))
            return;

        for (var number = 2; ; number = ++_number)
        {
            var suffix = new SpanWriter(stored[length..]);
            suffix.Add("_"u8);
            suffix.AddNumber(number);
            if (!_names.TryAdd(NameSet.Hash(0, stored[..(length + suffix.Written)])))
                continue;

            writer.Add(stored.Slice(length, suffix.Written));
            return;
        }
    }

    static bool IsNested(ReadOnlySpan<byte> value, int depth) =>
        value[0] == '{' && depth < DepthMax && !value[1..^1].Trim(" \t\r\n"u8).IsEmpty;

    // Graylog turns an integer beyond 64 bits into -1, and a number beyond a double into infinity.
    static bool IsPlain(ReadOnlySpan<byte> value) => value[0] == '"'
        || ((value[0] == '-' || char.IsAsciiDigit((char)value[0])) && AttributeNumber.IsAccepted(value, longsOnly: true));
}
