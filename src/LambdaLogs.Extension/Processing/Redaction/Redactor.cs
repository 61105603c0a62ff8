using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>Hides what must not be forwarded, in messages and attributes of every record. One thread at a time.</summary>
internal sealed class Redactor : IRecordSink
{
    readonly IRuleCounts _counts;
    readonly IRecordSink _next;
    readonly TextRedactor _text;
    readonly JsonRedactor _json;
    readonly GrowingBytes _message = new();

    /// <summary>Prepares the rule.</summary>
    /// <param name="options">What is hidden.</param>
    /// <param name="tools">Salt and counts.</param>
    /// <param name="next">Takes the records.</param>
    public Redactor(RedactOptions options, RuleTools tools, IRecordSink next)
    {
        _counts = tools.Counts;
        _next = next;
        var mark = new RedactMark(options, tools.NewSalt);
        var keys = new RedactKeys(options.Keys);
        _text = new TextRedactor(options, keys, mark);
        _json = new JsonRedactor(_text, keys, mark);
    }

    /// <inheritdoc/>
    public void Add(in LogRecord record)
    {
        _message.Clear();
        var inMessage = _text.TryRedact(record.Message, _message);
        var attributes = record.Attributes;
        var inAttributes = !attributes.IsEmpty && _json.TryRedact(attributes, out attributes);
        if (!inMessage && !inAttributes)
        {
            _next.Add(record);
            return;
        }

        _counts.Changed(Rule.Redact);
        _next.Add(record with { Message = inMessage ? _message.Written : record.Message, Attributes = attributes });
    }
}
