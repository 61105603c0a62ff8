namespace LambdaLogs.Extension.Records;

/// <summary>Enumerates the members of a JSON object that a <see cref="JsonScanner"/> has accepted.</summary>
/// <param name="json">The object, starting with its opening bracket.</param>
internal ref struct ObjectWalker(ReadOnlySpan<byte> json)
{
    readonly ReadOnlySpan<byte> _json = json;
    JsonScanner _scanner = new(json);
    int _valueStart;
    bool _ended;

    /// <summary>Start of the member: the opening quote of its name.</summary>
    public int Start { get; private set; }

    /// <summary>End of the member: after its value.</summary>
    public readonly int End => _scanner.Position;

    /// <summary>The member's name, raw, without quotes.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The member's value, raw; a string includes its quotes.</summary>
    public readonly ReadOnlySpan<byte> Value => _json[_valueStart.._scanner.Position];

    /// <summary>Moves to the next member.</summary>
    /// <returns>False after the last one, and if the text is not an object.</returns>
    public bool Next()
    {
        if (_ended)
            return false;

        if (_scanner.Position == 0)
            _ended = !_scanner.Skip((byte)'{') || _scanner.Current == '}';
        else if (!_scanner.SkipToNext((byte)'}', out _ended))
            _ended = true;

        if (_ended)
            return false;

        Start = _scanner.Position;
        _ended = !_scanner.SkipName(out var name);
        Name = name;
        _valueStart = _scanner.Position;
        _ended = _ended || !_scanner.SkipValue();
        return !_ended;
    }

    /// <summary>Finds the raw value of a member.</summary>
    /// <returns>Empty if there is none, or if the text is not an object.</returns>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var members = new ObjectWalker(json);
        while (members.Next())
        {
            if (members.Name.SequenceEqual(name))
                return members.Value;
        }

        return default;
    }

    /// <summary>Finds a member that is a string and returns its inside.</summary>
    /// <returns>Empty if there is none.</returns>
    public static ReadOnlySpan<byte> FindText(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name) => Text(Find(json, name));

    /// <summary>Finds a member that is a number, raw.</summary>
    /// <returns>Empty if there is none.</returns>
    public static ReadOnlySpan<byte> FindNumber(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var value = Find(json, name);
        return !value.IsEmpty && (char.IsAsciiDigit((char)value[0]) || value[0] == '-') ? value : default;
    }

    /// <summary>Returns the inside of a JSON string.</summary>
    /// <param name="value">A valid JSON value.</param>
    /// <returns>Empty if it is not a string.</returns>
    public static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> value) => value.Length >= 2 && value[0] == '"' ? value[1..^1] : default;
}
