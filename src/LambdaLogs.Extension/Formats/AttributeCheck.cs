namespace LambdaLogs.Extension.Formats;

/// <summary>Checks in one pass whether a destination accepts a line's attributes unchanged. Takes time linear in their length.</summary>
/// <param name="rules">The destination's rules.</param>
/// <param name="names">Empty except for reserved names; contains all names afterwards.</param>
/// <param name="paths">
/// Empty; counts fields, where the fields of all objects of an array count once. Null: the limit cannot be exceeded.
/// </param>
/// <param name="plain">Space for the longest unescaped name.</param>
internal ref struct AttributeCheck(AttributeRules rules, NameSet names, NameSet? paths, Span<byte> plain)
{
    readonly Span<byte> _plain = plain;
    int _fields;
    bool _isDotted;

    /// <summary>Whether they can stay unchanged.</summary>
    /// <param name="attributes">A valid JSON object.</param>
    public bool Accepts(ReadOnlySpan<byte> attributes)
    {
        var at = 0;
        if (!AcceptsValue(attributes, ref at, 1, 0))
            return false;

        at = 0;
        return !_isDotted || HasNoConflict(attributes, ref at);
    }

    bool AcceptsValue(ReadOnlySpan<byte> text, ref int at, int depth, int path)
    {
        switch (text[at])
        {
            case (byte)'{':
                return depth <= rules.DepthMax && AcceptsObject(text, ref at, depth, path);
            case (byte)'[':
                at++;
                while (JsonCursor.SkipTo(text, ref at, (byte)']'))
                {
                    if (!AcceptsValue(text, ref at, depth, path))
                        return false;
                }

                return true;
            default:
                var start = at;
                at += JsonValue.Length(text[at..]);
                return AttributeNumber.IsAccepted(text[start..at], rules.LongsOnly);
        }
    }

    bool AcceptsObject(ReadOnlySpan<byte> text, ref int at, int depth, int path)
    {
        var place = at++;
        while (JsonCursor.SkipTo(text, ref at, (byte)'}'))
        {
            var name = JsonCursor.Name(text, ref at, _plain);
            if (!names.TryAdd(NameSet.Hash(place, name)) || !AcceptsKey(name, depth, out var dots))
                return false;

            var field = paths is null ? 0 : NameSet.Hash(path, name);
            if (paths is not null && paths.TryAdd(field) && ++_fields > rules.FieldsMax)
                return false;

            if (!AcceptsValue(text, ref at, depth + 1 + dots, (int)field))
                return false;
        }

        return true;
    }

    bool AcceptsKey(scoped ReadOnlySpan<byte> name, int depth, out int dots)
    {
        dots = 0;
        switch (rules.Keys)
        {
            case KeyRule.Otlp:
                return OtlpKey.IsValid(name, isAttribute: depth == 1);
            case KeyRule.Elasticsearch:
                dots = ElasticsearchKey.Dots(name);
                _isDotted |= dots > 0;
                return depth + dots <= rules.DepthMax && ElasticsearchKey.IsValid(name);
            default:
                return true;
        }
    }

    // All names are known now: look up each prefix of each path.
    readonly bool HasNoConflict(ReadOnlySpan<byte> text, ref int at)
    {
        var place = at;
        var isObject = text[at] == '{';
        at++;
        while (JsonCursor.SkipTo(text, ref at, isObject ? (byte)'}' : (byte)']'))
        {
            if (isObject && IsPrefixed(JsonCursor.Name(text, ref at, _plain), place, names))
                return false;

            if (text[at] is not ((byte)'{' or (byte)'['))
                at += JsonValue.Length(text[at..]);
            else if (!HasNoConflict(text, ref at))
                return false;
        }

        return true;
    }

    /// <summary>Whether a member of the same object is a prefix of a path.</summary>
    public static bool IsPrefixed(ReadOnlySpan<byte> name, int place, NameSet seen)
    {
        for (var dot = name.IndexOf((byte)'.'); dot >= 0;)
        {
            if (seen.Contains(NameSet.Hash(place, name[..dot])))
                return true;

            var next = name[(dot + 1)..].IndexOf((byte)'.');
            dot = next < 0 ? -1 : dot + 1 + next;
        }

        return false;
    }
}
