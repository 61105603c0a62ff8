using LambdaLogs.Extension.Processing.Patterns;
using LambdaLogs.Extension.Processing.Redaction.Detectors;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>Hides parts of texts: values of JSON members that stand in them, known kinds, and what patterns match.</summary>
internal sealed class TextRedactor
{
    readonly RedactKeys _keys;
    readonly RedactMark _mark;
    readonly Detector[] _detectors;
    readonly Pattern[] _patterns;
    readonly Unescaped _plain = new();
    readonly Spans _found = new();
    readonly GrowingBytes _withoutValues = new();
    readonly GrowingBytes _redacted = new();

    /// <summary>Prepares the kinds and the patterns.</summary>
    /// <param name="options">What is hidden.</param>
    /// <param name="keys">The names whose values are hidden.</param>
    /// <param name="mark">What stands in its place.</param>
    public TextRedactor(RedactOptions options, RedactKeys keys, RedactMark mark)
    {
        _keys = keys;
        _mark = mark;
        _detectors = AllDetectors.Of(options.Presets);
        _patterns = new Pattern[options.Patterns.Count];
        for (var index = 0; index < _patterns.Length; index++)
            _patterns[index] = Pattern.Of(options.Patterns[index])!;
    }

    /// <summary>Hides what is to be hidden in the inside of a JSON string.</summary>
    /// <param name="raw">The inside of a valid JSON string.</param>
    /// <param name="output">Gets the new inside behind what it has, where there is one.</param>
    /// <returns>False where there is nothing to hide.</returns>
    public bool TryRedact(ReadOnlySpan<byte> raw, GrowingBytes output)
    {
        var text = _plain.Of(raw);
        var changed = !_keys.IsEmpty && HideValues(ref text);
        changed |= HideParts(ref text);
        if (!changed)
            return false;

        output.Take(JsonText.Escape(text, output.Room(JsonText.EscapedMax(text))));
        return true;
    }

    bool HideValues(ref ReadOnlySpan<byte> text)
    {
        _withoutValues.Clear();
        if (!TextValues.TryHide(text, _keys, _mark, _withoutValues))
            return false;

        text = _withoutValues.Written;
        return true;
    }

    bool HideParts(ref ReadOnlySpan<byte> text)
    {
        _found.Clear();
        foreach (var find in _detectors)
            find(text, _found);
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
