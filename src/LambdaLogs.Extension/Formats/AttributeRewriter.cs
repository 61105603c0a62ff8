using System.Buffers.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Rewrites a line's attributes for a destination. Nothing is lost: an invalid name is replaced, a duplicate name gets a number, and what
/// is too deep or too much becomes a string of JSON. Takes time linear in their length.
/// </summary>
/// <param name="rules">The destination's rules.</param>
/// <param name="names">The original names, for paths.</param>
/// <param name="written">Empty except for reserved names.</param>
/// <param name="paths">Empty; counts fields. Null: the limit cannot be exceeded.</param>
/// <param name="plain">Space for the longest unescaped name, and for another one as it is written.</param>
internal ref struct AttributeRewriter(AttributeRules rules, NameSet names, NameSet written, NameSet? paths, Span<byte> plain)
{
    /// <summary>How much a name may grow: by a number, and by what its rule adds.</summary>
    public const int NameGrowthMax = OtlpKey.GrowthMax + NumberMax;

    /// <summary>Largest addition to an object: <c>,"more_2147483647":"{}"</c>.</summary>
    public const int ObjectGrowthMax = 32;

    const int NumberMax = 12;

    readonly Span<byte> _plain = plain[..(plain.Length / 2)];
    readonly Span<byte> _name = plain[(plain.Length / 2)..];
    int _fields;
    int _number = 2;

    /// <summary>Writes a value.</summary>
    /// <param name="text">All attributes.</param>
    /// <param name="at">Start of the value; afterwards its end.</param>
    /// <param name="depth">Nesting depth of the value.</param>
    /// <param name="path">Identifies the path of the value.</param>
    /// <param name="writer">Receives the output.</param>
    public void Write(scoped ReadOnlySpan<byte> text, ref int at, int depth, int path, ref SpanWriter writer)
    {
        var start = at;
        switch (text[at])
        {
            case (byte)'{' when depth <= rules.DepthMax:
                WriteObject(text, ref at, depth, path, ref writer);
                break;
            case (byte)'[':
                WriteArray(text, ref at, depth, path, ref writer);
                break;
            default:
                at += JsonValue.Length(text[at..]);
                var value = text[start..at];
                if (value[0] == '{' || !AttributeNumber.IsAccepted(value, rules.LongsOnly))
                    WriteText(value, ref writer);
                else
                    writer.Add(value);
                break;
        }
    }

    void WriteArray(scoped ReadOnlySpan<byte> text, ref int at, int depth, int path, ref SpanWriter writer)
    {
        at++;
        writer.Add("["u8);
        for (var isFirst = true; JsonCursor.SkipTo(text, ref at, (byte)']'); isFirst = false)
        {
            if (!isFirst)
                writer.Add(","u8);
            Write(text, ref at, depth, path, ref writer);
        }

        writer.Add("]"u8);
    }

    void WriteObject(scoped ReadOnlySpan<byte> text, ref int at, int depth, int path, ref SpanWriter writer)
    {
        var place = at++;
        writer.Add("{"u8);
        for (var isFirst = true; JsonCursor.SkipTo(text, ref at, (byte)'}'); isFirst = false)
        {
            if (!isFirst)
                writer.Add(","u8);
            var start = at;
            var name = JsonCursor.Name(text, ref at, _plain);
            var field = paths is null ? 0 : NameSet.Hash(path, name);
            if (paths is not null && !paths.Contains(field) && ++_fields > rules.FieldsMax)
            {
                at = start;
                WriteRest(text, ref at, place, ref writer);
                break;
            }

            paths?.TryAdd(field);
            WriteName(name, place, depth, out var dots, ref writer);
            Write(text, ref at, depth + 1 + dots, (int)field, ref writer);
        }

        writer.Add("}"u8);
    }

    /// <summary>Writes the remaining members of an object as a string of a JSON object.</summary>
    void WriteRest(scoped ReadOnlySpan<byte> text, ref int at, int place, ref SpanWriter writer)
    {
        var start = at;
        while (JsonCursor.SkipTo(text, ref at, (byte)'}'))
        {
            JsonCursor.Name(text, ref at, _plain);
            at += JsonValue.Length(text[at..]);
        }

        WriteUnique("more"u8, place, ref writer);
        writer.Add("\"{"u8);
        writer.Advance(JsonText.Escape(text[start..(at - 1)], writer.Remaining));
        writer.Add("}\""u8);
    }

    void WriteName(scoped ReadOnlySpan<byte> name, int place, int depth, out int dots, ref SpanWriter writer)
    {
        dots = 0;
        var another = new SpanWriter(_name);
        if (rules.Keys == KeyRule.Otlp && !OtlpKey.IsValid(name, depth == 1))
            OtlpKey.Write(name, ref another);
        else if (rules.Keys == KeyRule.Elasticsearch && !IsPath(name, place, depth, out dots))
            ElasticsearchKey.Write(name, ref another);
        WriteUnique(another.Written > 0 ? _name[..another.Written] : name, place, ref writer);
    }

    readonly bool IsPath(scoped ReadOnlySpan<byte> name, int place, int depth, out int dots)
    {
        dots = ElasticsearchKey.Dots(name);
        if (ElasticsearchKey.IsValid(name) && depth + dots <= rules.DepthMax
            && (dots == 0 || !AttributeCheck.IsPrefixed(name, place, names)))
            return true;

        dots = 0;
        return false;
    }

    /// <summary>Writes a name with its quotes and colon, and with a number if the object already contains it.</summary>
    void WriteUnique(scoped ReadOnlySpan<byte> name, int place, ref SpanWriter writer)
    {
        writer.Add("\""u8);
        writer.Advance(JsonText.Escape(name, writer.Remaining));
        if (!written.TryAdd(NameSet.Hash(place, name)))
            WriteNumber(name, place, ref writer);
        writer.Add("\":"u8);
    }

    /// <summary>Writes a number that makes a name unique.</summary>
    void WriteNumber(scoped ReadOnlySpan<byte> name, int place, ref SpanWriter writer)
    {
        Span<byte> number = stackalloc byte[NumberMax];
        number[0] = (byte)'_';

        // All names start with the same number; later numbers are used once, so that all names together need few attempts.
        for (var next = 2; ; next = ++_number)
        {
            Utf8Formatter.TryFormat(next, number[1..], out var digits);
            if (!written.TryAdd(HashOf(place, name, number[..(digits + 1)])))
                continue;

            writer.Add(number[..(digits + 1)]);
            return;
        }
    }

    // The hash of a name with its number, without concatenating them.
    static ulong HashOf(int place, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> number)
    {
        if (name.Length > 1024)
            return NameSet.Hash((int)NameSet.Hash(place, name), number);

        Span<byte> both = stackalloc byte[1024 + NumberMax];
        name.CopyTo(both);
        number.CopyTo(both[name.Length..]);
        return NameSet.Hash(place, both[..(name.Length + number.Length)]);
    }

    static void WriteText(scoped ReadOnlySpan<byte> value, ref SpanWriter writer)
    {
        writer.Add("\""u8);
        writer.Advance(JsonText.Escape(value, writer.Remaining));
        writer.Add("\""u8);
    }
}
