namespace LambdaLogs.Extension.Records;

/// <summary>Walks the members of a JSON object that a <see cref="JsonScanner"/> accepted before.</summary>
/// <param name="json">The object, from its opening bracket on.</param>
internal ref struct ObjectWalker(ReadOnlySpan<byte> json)
{
    readonly ReadOnlySpan<byte> _json = json;
    JsonScanner _scanner = new(json);
    int _valueStart;
    bool _ended;

    /// <summary>Where the member begins: at its name's opening quote.</summary>
    public int Start { get; private set; }

    /// <summary>Where the member ends: behind its value.</summary>
    public readonly int End => _scanner.Position;

    /// <summary>The member's name, raw, without quotes.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The member's value, raw; a string with its quotes.</summary>
    public readonly ReadOnlySpan<byte> Value => _json[_valueStart.._scanner.Position];

    /// <summary>Goes to the next member.</summary>
    /// <returns>False behind the last one, and where the text is no object.</returns>
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

    /// <summary>Finds a member's value, raw.</summary>
    /// <returns>Empty where there is none, and where the text is no object.</returns>
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

    /// <summary>Finds a member that is a string: its inside.</summary>
    /// <returns>Empty where there is none.</returns>
    public static ReadOnlySpan<byte> FindText(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name) => Text(Find(json, name));

    /// <summary>Finds a member that is a number, raw.</summary>
    /// <returns>Empty where there is none.</returns>
    public static ReadOnlySpan<byte> FindNumber(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var value = Find(json, name);
        return !value.IsEmpty && (char.IsAsciiDigit((char)value[0]) || value[0] == '-') ? value : default;
    }

    /// <summary>The inside of a JSON string.</summary>
    /// <param name="value">A valid JSON value.</param>
    /// <returns>Empty where it is no string.</returns>
    public static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> value) => value.Length >= 2 && value[0] == '"' ? value[1..^1] : default;
}
