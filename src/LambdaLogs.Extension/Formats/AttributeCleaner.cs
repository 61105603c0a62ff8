using System.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Adapts a line's attributes to a destination; most are returned unchanged. Does not allocate per record once its buffers have grown to
/// the largest one. One thread at a time.
/// </summary>
/// <param name="rules">The destination's rules.</param>
internal sealed class AttributeCleaner(AttributeRules rules)
{
    readonly ulong[] _taken = [.. rules.ReservedNames.Select(name => NameSet.Hash(0, Encoding.UTF8.GetBytes(name)))];
    readonly NameSet _names = new();
    readonly NameSet _written = new();
    readonly NameSet _paths = new();
    readonly Scratch _plain = new();
    readonly Scratch _clean = new();

    /// <summary>Returns the attributes, or adapted ones.</summary>
    /// <param name="attributes">A valid JSON object, starting with its bracket.</param>
    /// <returns>A JSON object, valid until the next call.</returns>
    public ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> attributes)
    {
        _plain.Trim();
        _clean.Trim();

        // Every name is followed by a colon.
        var names = attributes.Count((byte)':') + _taken.Length;
        Reset(_names, names);
        var plain = attributes.IndexOf((byte)'\\') < 0 ? default : _plain.Take(attributes.Length);
        if (new AttributeCheck(rules, _names, Paths(names), plain).Accepts(attributes))
            return attributes;

        // A check that failed early has not collected all names.
        Collect(attributes, names);
        Reset(_written, names);
        var growth = rules.Keys is KeyRule.Otlp ? AttributeRewriter.NameGrowthMax : AttributeRewriter.NameGrowthMax - OtlpKey.GrowthMax;
        var objects = attributes.Count((byte)'{') + 1;
        var room = JsonText.EscapedMax(attributes) + ((names + 1) * (growth + 2)) + (objects * AttributeRewriter.ObjectGrowthMax);
        var writer = new SpanWriter(_clean.Take(room));
        var at = 0;
        plain = _plain.Take(2 * (attributes.Length + OtlpKey.GrowthMax));
        new AttributeRewriter(rules, _names, _written, Paths(names), plain).Write(attributes, ref at, 1, 0, ref writer);
        return _clean.Take(room)[..writer.Written];
    }

    /// <summary>Null: the names are too few to exceed the limit of fields.</summary>
    NameSet? Paths(int names)
    {
        if (names <= rules.FieldsMax)
            return null;

        _paths.Reset(names);
        return _paths;
    }

    void Reset(NameSet set, int names)
    {
        set.Reset(names);
        foreach (var taken in _taken)
            set.TryAdd(taken);
    }

    void Collect(ReadOnlySpan<byte> attributes, int names)
    {
        if (rules.Keys is not KeyRule.Elasticsearch)
            return;

        Reset(_names, names);
        var at = 0;
        Collect(attributes, ref at, _plain.Take(attributes.Length));
    }

    void Collect(ReadOnlySpan<byte> text, ref int at, Span<byte> plain)
    {
        var place = at;
        var isObject = text[at] == '{';
        at++;
        while (JsonCursor.SkipTo(text, ref at, isObject ? (byte)'}' : (byte)']'))
        {
            if (isObject)
                _names.TryAdd(NameSet.Hash(place, JsonCursor.Name(text, ref at, plain)));
            if (text[at] is (byte)'{' or (byte)'[')
                Collect(text, ref at, plain);
            else
                at += JsonValue.Length(text[at..]);
        }
    }
}
