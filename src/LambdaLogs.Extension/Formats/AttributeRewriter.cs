using System.Buffers.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Writes a line's attributes anew, as a destination takes them. Nothing is lost: a name that cannot be becomes another, a second one of an
/// object gets a number, what is too deep or too much becomes the text of its JSON. Its steps grow with their length alone.
/// </summary>
/// <param name="rules">What they have to be like.</param>
/// <param name="names">The names as they came, for paths.</param>
/// <param name="written">Emptied, with what is taken in it.</param>
/// <param name="paths">Emptied; counts fields. Null: there cannot be too many.</param>
/// <param name="plain">Room for the longest name, decoded, and another one as it is written.</param>
internal ref struct AttributeRewriter(AttributeRules rules, NameSet names, NameSet written, NameSet? paths, Span<byte> plain)
{
    /// <summary>What a name may grow by: its number, and what its rule adds.</summary>
    public const int NameGrowthMax = OtlpKey.GrowthMax + NumberMax;

    /// <summary>What is written once more for an object, at most: <c>,"more_2147483647":"{}"</c>.</summary>
    public const int ObjectGrowthMax = 32;

    const int NumberMax = 12;

    readonly Span<byte> _plain = plain[..(plain.Length / 2)];
    readonly Span<byte> _name = plain[(plain.Length / 2)..];
    int _fields;
    int _number = 2;

    /// <summary>Writes a value.</summary>
    /// <param name="text">The whole attributes.</param>
    /// <param name="at">Where the value begins; where it ends afterwards.</param>
    /// <param name="depth">In how many objects it lies, it included.</param>
    /// <param name="path">Stands for the names that lead to it.</param>
    /// <param name="writer">Where to write.</param>
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
                if (value[0] == '{' || !AttributeNumber.IsFit(value, rules.LongsOnly))
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
        for (var isFirst = true; JsonPlace.SkipTo(text, ref at, (byte)']'); isFirst = false)
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
        for (var isFirst = true; JsonPlace.SkipTo(text, ref at, (byte)'}'); isFirst = false)
        {
            if (!isFirst)
                writer.Add(","u8);
            var start = at;
            var name = JsonPlace.Name(text, ref at, _plain);
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

    /// <summary>The members that are left of an object, as the text of an object of their own.</summary>
    void WriteRest(scoped ReadOnlySpan<byte> text, ref int at, int place, ref SpanWriter writer)
    {
        var start = at;
        while (JsonPlace.SkipTo(text, ref at, (byte)'}'))
        {
            JsonPlace.Name(text, ref at, _plain);
            at += JsonValue.Length(text[at..]);
        }

        WriteUnique("more"u8, place, ref writer);
        writer.Add("\"{"u8);
        writer.Skip(JsonText.Escape(text[start..(at - 1)], writer.Rest));
        writer.Add("}\""u8);
    }

    void WriteName(scoped ReadOnlySpan<byte> name, int place, int depth, out int dots, ref SpanWriter writer)
    {
        dots = 0;
        var another = new SpanWriter(_name);
        if (rules.Keys == KeyRule.Otlp && !OtlpKey.IsFit(name, depth == 1))
            OtlpKey.Write(name, ref another);
        else if (rules.Keys == KeyRule.Elasticsearch && !IsPath(name, place, depth, out dots))
            ElasticsearchKey.Write(name, ref another);
        WriteUnique(another.Written > 0 ? _name[..another.Written] : name, place, ref writer);
    }

    readonly bool IsPath(scoped ReadOnlySpan<byte> name, int place, int depth, out int dots)
    {
        dots = ElasticsearchKey.Dots(name);
        if (ElasticsearchKey.IsFit(name) && depth + dots <= rules.DepthMax && (dots == 0 || !AttributeCheck.IsPrefixed(name, place, names)))
            return true;

        dots = 0;
        return false;
    }

    /// <summary>Writes a name, its quotes and its colon, with a number where the object has the name already.</summary>
    void WriteUnique(scoped ReadOnlySpan<byte> name, int place, ref SpanWriter writer)
    {
        writer.Add("\""u8);
        writer.Skip(JsonText.Escape(name, writer.Rest));
        if (!written.TryAdd(NameSet.Hash(place, name)))
            WriteNumber(name, place, ref writer);
        writer.Add("\":"u8);
    }

    /// <summary>Writes a number that makes a name another one.</summary>
    void WriteNumber(scoped ReadOnlySpan<byte> name, int place, ref SpanWriter writer)
    {
        Span<byte> number = stackalloc byte[NumberMax];
        number[0] = (byte)'_';

        // The first number is the same for all names; from then on none is tried twice, so that all names together try few.
        for (var next = 2; ; next = ++_number)
        {
            Utf8Formatter.TryFormat(next, number[1..], out var digits);
            if (!written.TryAdd(HashOf(place, name, number[..(digits + 1)])))
                continue;

            writer.Add(number[..(digits + 1)]);
            return;
        }
    }

    // Of the name and its number, without putting them together.
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
        writer.Skip(JsonText.Escape(value, writer.Rest));
        writer.Add("\""u8);
    }
}
