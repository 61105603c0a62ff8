using LambdaLogs.Extension.Processing.Patterns;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing;

/// <summary>Hands on lines whose message or tenant matches, or does not match, a pattern; and all that is no line.</summary>
/// <param name="pattern">What messages are held against. Null: only tenants are looked at.</param>
/// <param name="tenants">What the ids of tenants are held against. Null: only messages are looked at.</param>
/// <param name="rule"><see cref="Rule.Include"/>: only matching lines pass. <see cref="Rule.Exclude"/>: only others pass.</param>
/// <param name="work">Limits the work. A line that exceeds it passes.</param>
/// <param name="counts">Counts removed lines.</param>
/// <param name="next">Receives the remaining records.</param>
internal sealed class MessageRule(
    Pattern? pattern, Pattern? tenants, Rule rule, WorkMeter work, IRuleCounts counts, IRecordSink next) : IRecordSink
{
    readonly Unescaper _text = new();
    readonly AttributeAppender _mark = new();

    static ReadOnlySpan<byte> Name => "logs_unfiltered"u8;

    /// <inheritdoc/>
    public void Add(in LogRecord record)
    {
        if (!record.IsWrittenLine())
        {
            next.Add(record);
            return;
        }

        work.BeginRecord(record.Message.Length);
        var isMatch = (tenants is not null && tenants.IsMatch(record.TenantId()))
            || (pattern is not null && pattern.IsMatch(_text.Unescape(record.Message)));
        if (work.IsSpent)
        {
            counts.Changed(Rule.Unfiltered);
            next.Add(record with { Attributes = _mark.Add(record.Attributes, Name, "true"u8) });
        }
        else if (isMatch == (rule == Rule.Include))
        {
            next.Add(record);
        }
        else
        {
            counts.Removed(rule, 1);
        }
    }
}
