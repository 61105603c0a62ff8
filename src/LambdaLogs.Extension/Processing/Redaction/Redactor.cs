using System.Buffers.Text;
using System.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>
/// Redacts secrets in the message and attributes of every record. A record that takes too much work is redacted completely, so that
/// unchecked text is never forwarded. One thread at a time.
/// </summary>
internal sealed class Redactor : IRecordSink
{
    readonly IRuleCounts _counts;
    readonly WorkMeter _work;
    readonly IRecordSink _next;
    readonly TextRedactor _text;
    readonly JsonRedactor _json;
    readonly RedactMark _mark;
    readonly Unescaper _plain = new();
    readonly ByteBuffer _message = new();
    readonly ByteBuffer _markText = new();
    readonly byte[]? _notUnderstood;

    /// <summary>Creates the rule.</summary>
    /// <param name="options">The redaction settings.</param>
    /// <param name="services">Salt and counters.</param>
    /// <param name="work">Limits the work.</param>
    /// <param name="next">Receives the records.</param>
    public Redactor(RedactOptions options, RuleServices services, WorkMeter work, IRecordSink next)
    {
        _counts = services.Counts;
        _work = work;
        _next = next;
        var mark = _mark = new RedactMark(options, services);
        var keys = new RedactKeys(options);
        _text = new TextRedactor(options, keys, mark, work);
        _json = new JsonRedactor(_text, keys, mark, work);
        _notUnderstood = options.InvalidVariable is { } variable ? Encoding.UTF8.GetBytes($": {variable} is not understood]") : null;
    }

    /// <inheritdoc/>
    public void Add(in LogRecord record)
    {
        _work.BeginRecord(record.Message.Length + record.Attributes.Length);
        if (_notUnderstood is not null && record.Kind is EventKind.Line or EventKind.Other)
        {
            AddWhole(record, _notUnderstood);
            return;
        }

        _message.Clear();
        var inMessage = _text.TryRedact(record.Message, _message);
        var attributes = record.Attributes;
        var inAttributes = !attributes.IsEmpty && _json.TryRedact(attributes, out attributes);
        if (_work.IsSpent)
        {
            AddWhole(record, ": it takes too much work to look for what must not be shown]"u8);
            return;
        }

        if (inAttributes && HiddenFrom(record.Message, record.Attributes, attributes) is >= 0 and var start)
        {
            Hide(record.Message, start);
            inMessage = true;
        }

        if (!inMessage && !inAttributes)
        {
            _next.Add(record);
            return;
        }

        _counts.Changed(Rule.Redact);
        _next.Add(record with { Message = inMessage ? _message.Written : record.Message, Attributes = attributes });
    }

    void Hide(ReadOnlySpan<byte> message, int start)
    {
        _markText.Clear();
        _mark.Write(_plain.Unescape(message[start..]), _markText);
        _message.Clear();
        _message.Add(message[..start]);
        _message.Advance(JsonText.Escape(_markText.Written, _message.GetSpan(JsonText.EscapedMax(_markText.Written))));
    }

    /// <summary>
    /// Finds the part of a message that was redacted among the attributes. A line without a message is shown by one of its texts, perhaps
    /// behind a label such as <c>Invoke Error: </c>, and without the name that makes the text a secret.
    /// </summary>
    /// <returns>The start of the part. Negative: there is none.</returns>
    static int HiddenFrom(ReadOnlySpan<byte> message, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        if (IsHidden(message, before, after))
            return 0;

        var start = message.IndexOf(": "u8) + 2;
        return start >= 2 && IsHidden(message[start..], before, after) ? start : -1;
    }

    static bool IsHidden(ReadOnlySpan<byte> text, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after) =>
        !text.IsEmpty && HasText(before, text) && !HasText(after, text);

    /// <summary>Returns whether a JSON text has a string that is exactly this text.</summary>
    static bool HasText(ReadOnlySpan<byte> json, ReadOnlySpan<byte> text)
    {
        for (var from = 1; from + text.Length < json.Length;)
        {
            var at = json[from..].IndexOf(text);
            if (at < 0)
                return false;

            from += at;
            if (json[from - 1] == '"' && from + text.Length < json.Length && json[from + text.Length] == '"')
                return true;

            from++;
        }

        return false;
    }

    void AddWhole(in LogRecord record, ReadOnlySpan<byte> why)
    {
        Span<byte> number = stackalloc byte[10];
        Utf8Formatter.TryFormat(record.Message.Length + record.Attributes.Length, number, out var digits);
        _message.Clear();
        _message.Add("[redacted completely: "u8);
        _message.Add(number[..digits]);
        _message.Add(" bytes"u8);
        _message.Add(why);
        _counts.Changed(Rule.RedactWhole);
        _next.Add(record with { Message = _message.Written, Attributes = default });
    }
}
