using LambdaLogs.Extension.Processing.Patterns;
using LambdaLogs.Extension.Processing.Redaction.Detectors;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>Redacts parts of text: values of JSON members in it, known kinds, and matches of patterns.</summary>
internal sealed class TextRedactor
{
    readonly NamedValueRedactor? _values;
    readonly RedactMark _mark;
    readonly WorkMeter _work;
    readonly Detector[] _detectors;
    readonly Pattern[] _patterns;
    readonly Unescaper _plain = new();
    readonly RangeList _found = new();
    readonly ByteBuffer _withoutValues = new();
    readonly ByteBuffer _redacted = new();

    /// <summary>Prepares the kinds and the patterns.</summary>
    /// <param name="options">The redaction settings.</param>
    /// <param name="keys">The names whose values are redacted.</param>
    /// <param name="mark">Replaces the values.</param>
    /// <param name="work">Limits the work.</param>
    public TextRedactor(RedactOptions options, RedactKeys keys, RedactMark mark, WorkMeter work)
    {
        _values = keys.IsEmpty ? null : new NamedValueRedactor(keys, mark, work);
        _mark = mark;
        _work = work;
        _detectors = AllDetectors.Of(options.Presets, keys);
        _patterns = new Pattern[options.Patterns.Count];
        for (var index = 0; index < _patterns.Length; index++)
            _patterns[index] = Pattern.Compile([options.Patterns[index]], work)!;
    }

    /// <summary>Redacts the inside of a JSON string. Undefined if <see cref="WorkMeter.IsSpent"/>.</summary>
    /// <param name="raw">The inside of a valid JSON string.</param>
    /// <param name="output">Receives the new inside, appended to its content, if anything is redacted.</param>
    /// <returns>False if nothing is redacted.</returns>
    public bool TryRedact(ReadOnlySpan<byte> raw, ByteBuffer output)
    {
        _work.Count(raw.Length);
        var text = _plain.Unescape(raw);
        var changed = RedactValues(ref text);
        changed |= RedactParts(ref text);
        if (!changed)
            return false;

        output.Advance(JsonText.Escape(text, output.GetSpan(JsonText.EscapedMax(text))));
        return true;
    }

    bool RedactValues(ref ReadOnlySpan<byte> text)
    {
        _withoutValues.Clear();
        if (_values is null || !_values.TryRedact(text, _withoutValues))
            return false;

        text = _withoutValues.Written;
        return true;
    }

    bool RedactParts(ref ReadOnlySpan<byte> text)
    {
        _found.Clear();
        foreach (var find in _detectors)
            find(text, _found, _work);
        foreach (var pattern in _patterns)
            pattern.FindAll(text, _found);
        if (_found.Count == 0)
            return false;

        _redacted.Clear();
        var from = 0;
        for (var index = 0; index < _found.Count; index++)
        {
            var (start, end) = _found[index];
            _redacted.Add(text[from..start]);
            _mark.Write(text[start..end], _redacted);
            from = end;
        }

        _redacted.Add(text[from..]);
        text = _redacted.Written;
        return true;
    }
}
