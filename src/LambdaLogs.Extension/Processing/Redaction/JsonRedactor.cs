using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>Redacts parts of a JSON object at any depth. The result is valid JSON.</summary>
/// <param name="text">Redacts parts of strings.</param>
/// <param name="keys">The names whose values are redacted.</param>
/// <param name="mark">Replaces the values.</param>
/// <param name="work">Counts the examined bytes.</param>
internal sealed class JsonRedactor(TextRedactor text, RedactKeys keys, RedactMark mark, WorkMeter work)
{
    readonly ByteBuffer _output = new();
    readonly ByteBuffer _plain = new();
    readonly Unescaper _value = new();

    // For each open object or array the path names that may occur in it, and those for the next value.
    readonly ulong[] _open = new ulong[JsonScanner.DepthMax + 2];
    int _depth;
    ulong _next;
    int _copied;

    /// <summary>Redacts a value.</summary>
    /// <param name="json">A valid value without line breaks.</param>
    /// <param name="redacted">The new value; the same if nothing is redacted. Valid until the next call.</param>
    /// <returns>False if nothing is redacted.</returns>
    public bool TryRedact(ReadOnlySpan<byte> json, out ReadOnlySpan<byte> redacted)
    {
        _output.Clear();
        _copied = 0;
        _depth = 0;
        _open[0] = _next = 0;
        work.Count(json.Length);
        for (var at = 0; at < json.Length && !work.IsSpent;)
        {
            at = json[at] switch
            {
                (byte)'"' => String(json, at),
                (byte)'-' or (>= (byte)'0' and <= (byte)'9') => Number(json, at),
                _ => Structure(json[at], at),
            };
        }

        redacted = json;
        if (_copied == 0)
            return false;

        _output.Add(json[_copied..]);
        redacted = _output.Written;
        return true;
    }

    int Structure(byte value, int at)
    {
        if (value is (byte)'{' or (byte)'[')
            _open[_depth = Math.Min(_depth + 1, _open.Length - 1)] = _next;
        else if (value is (byte)'}' or (byte)']')
            _depth = Math.Max(_depth - 1, 0);
        else if (value == ',')
            _next = _open[_depth];
        return at + 1;
    }

    /// <returns>Where to continue.</returns>
    int String(ReadOnlySpan<byte> json, int start)
    {
        var scanner = new JsonScanner(json) { Position = start };
        scanner.SkipString();
        var inside = json[(start + 1)..(scanner.Position - 1)];
        var end = scanner.Position;
        scanner.SkipWhitespace();
        var isName = scanner.Current == ':';
        if ((isName || scanner.Current == ',') && !keys.IsEmpty)
        {
            var value = isName ? Member(json, ref scanner, inside) : Pair(json, ref scanner, inside);
            if (value > 0)
                return value;
        }

        _plain.Clear();
        if (text.TryRedact(inside, _plain))
            Write(json, start + 1, end - 1, _plain.Written);
        return end;
    }

    /// <summary>Redacts the value of a member by its name.</summary>
    /// <returns>Where to continue. Zero: the name does not require redaction.</returns>
    int Member(ReadOnlySpan<byte> json, ref JsonScanner scanner, ReadOnlySpan<byte> name)
    {
        var isOwn = keys.Match(name, _open[_depth], out _next, out var kind);
        return isOwn || kind != SecretKind.None ? Replace(json, ref scanner, isOwn ? SecretKind.None : kind) : 0;
    }

    /// <summary>Redacts the value of a name-value pair: <c>{"name":"Cookie","value":"…"}</c>, <c>["Cookie","…"]</c>.</summary>
    /// <returns>Where to continue. Zero: it is not such a name.</returns>
    int Pair(ReadOnlySpan<byte> json, ref JsonScanner scanner, ReadOnlySpan<byte> name)
    {
        var isOwn = keys.Match(name, 0, out _, out var kind);
        if (!isOwn && kind == SecretKind.None)
            return 0;

        scanner.Skip((byte)',');
        var second = scanner.Position;
        if (scanner.Current != '"')
            return 0;

        scanner.SkipString();
        var inside = json[(second + 1)..(scanner.Position - 1)];
        scanner.SkipWhitespace();
        if (scanner.Current == ':')
            return PairNames.IsValue(inside) ? Replace(json, ref scanner, kind) : 0;
        if (kind == SecretKind.None)
            return 0;

        Replace(json, second, second + inside.Length + 2, kind);
        return _copied;
    }

    int Number(ReadOnlySpan<byte> json, int start)
    {
        var scanner = new JsonScanner(json) { Position = start };
        scanner.SkipValue();
        _plain.Clear();
        _plain.Add((byte)'"');
        if (text.TryRedact(json[start..scanner.Position], _plain))
        {
            _plain.Add((byte)'"');
            Write(json, start, scanner.Position, _plain.Written);
        }

        return scanner.Position;
    }

    int Replace(ReadOnlySpan<byte> json, ref JsonScanner scanner, SecretKind kind)
    {
        scanner.Skip((byte)':');
        var value = scanner.Position;
        scanner.SkipValue();
        Replace(json, value, scanner.Position, kind);
        return scanner.Position;
    }

    /// <summary>Replaces a value by a mark, as a string.</summary>
    void Replace(ReadOnlySpan<byte> json, int start, int end, SecretKind kind)
    {
        work.Count(end - start);
        var hidden = json[start..end];
        var plain = hidden[0] == '"' ? _value.Unescape(hidden[1..^1]) : hidden;
        var scheme = kind == SecretKind.Authorization ? HeaderValue.SchemeLength(plain) : 0;
        _output.Add(json[_copied..start]);
        _output.Add((byte)'"');
        _plain.Clear();
        _plain.Add(plain[..scheme]);
        mark.Write(plain[scheme..], _plain);
        _output.Advance(JsonText.Escape(_plain.Written, _output.GetSpan(JsonText.EscapedMax(_plain.Written))));
        _output.Add((byte)'"');
        _copied = end;
    }

    void Write(ReadOnlySpan<byte> json, int start, int end, ReadOnlySpan<byte> instead)
    {
        _output.Add(json[_copied..start]);
        _output.Add(instead);
        _copied = end;
    }
}
