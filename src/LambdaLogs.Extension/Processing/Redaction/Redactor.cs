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
    readonly ByteBuffer _message = new();
    readonly byte[]? _notUnderstood;

    /// <summary>Creates the rule.</summary>
    /// <param name="options">The redaction settings.</param>
    /// <param name="tools">Salt and counters.</param>
    /// <param name="work">Limits the work.</param>
    /// <param name="next">Receives the records.</param>
    public Redactor(RedactOptions options, RuleServices tools, WorkMeter work, IRecordSink next)
    {
        _counts = tools.Counts;
        _work = work;
        _next = next;
        var mark = new RedactMark(options, tools);
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

        if (!inMessage && !inAttributes)
        {
            _next.Add(record);
            return;
        }

        _counts.Changed(Rule.Redact);
        _next.Add(record with { Message = inMessage ? _message.Written : record.Message, Attributes = attributes });
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
