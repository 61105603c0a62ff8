using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>Hides parts of a JSON object, at any depth; what it writes is valid again.</summary>
/// <param name="text">Hides parts of strings.</param>
/// <param name="keys">Names whose values are hidden.</param>
/// <param name="mark">What stands in their place.</param>
internal sealed class JsonRedactor(TextRedactor text, RedactKeys keys, RedactMark mark)
{
    readonly GrowingBytes _output = new();
    readonly GrowingBytes _plain = new();
    readonly Unescaped _value = new();
    int _copied;

    /// <summary>Hides what is to be hidden.</summary>
    /// <param name="json">A valid value without line breaks.</param>
    /// <param name="redacted">The new value; the same where there is nothing to hide. Valid until the next call.</param>
    /// <returns>False where there is nothing to hide.</returns>
    public bool TryRedact(ReadOnlySpan<byte> json, out ReadOnlySpan<byte> redacted)
    {
        _output.Clear();
        _copied = 0;
        for (var at = 0; at < json.Length;)
        {
            at = json[at] switch
            {
                (byte)'"' => String(json, at),
                (byte)'-' or (>= (byte)'0' and <= (byte)'9') => Number(json, at),
                _ => at + 1,
            };
        }

        redacted = json;
        if (_copied == 0)
            return false;

        _output.Add(json[_copied..]);
        redacted = _output.Written;
        return true;
    }

    /// <returns>Where to go on.</returns>
    int String(ReadOnlySpan<byte> json, int start)
    {
        var scanner = new JsonScanner(json) { Position = start };
        scanner.SkipString();
        var inside = json[(start + 1)..(scanner.Position - 1)];
        var end = scanner.Position;
        scanner.SkipWhitespace();
        if (scanner.Current == ':' && keys.Contains(inside))
        {
            scanner.Skip((byte)':');
            var value = scanner.Position;
            scanner.SkipValue();
            Replace(json, value, scanner.Position);
            return scanner.Position;
        }

        _plain.Clear();
        if (text.TryRedact(inside, _plain))
            Write(json, start + 1, end - 1, _plain.Written);
        return end;
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

    /// <summary>Puts a mark, as a string, into the place of a value.</summary>
    void Replace(ReadOnlySpan<byte> json, int start, int end)
    {
        var hidden = json[start..end];
        _output.Add(json[_copied..start]);
        _output.Add((byte)'"');
        _plain.Clear();
        mark.Write(hidden[0] == '"' ? _value.Of(hidden[1..^1]) : hidden, _plain);
        _output.Take(JsonText.Escape(_plain.Written, _output.Room(JsonText.EscapedMax(_plain.Written))));
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
