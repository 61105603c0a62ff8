using LambdaLogs.Extension.Processing.Patterns;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing;

/// <summary>Removes lines whose message matches, or does not match, a pattern. Records that are not lines pass.</summary>
/// <param name="pattern">The pattern for messages.</param>
/// <param name="rule"><see cref="Rule.Include"/>: only matching lines pass. <see cref="Rule.Exclude"/>: only others pass.</param>
/// <param name="work">Limits the work. A line that exceeds it passes.</param>
/// <param name="counts">Counts removed lines.</param>
/// <param name="next">Receives the remaining records.</param>
internal sealed class MessageRule(Pattern pattern, Rule rule, WorkMeter work, IRuleCounts counts, IRecordSink next) : IRecordSink
{
    readonly Unescaped _text = new();
    readonly MarkedAttributes _mark = new();

    static ReadOnlySpan<byte> Name => "logs_unfiltered"u8;

    /// <inheritdoc/>
    public void Add(in LogRecord record)
    {
        if (!record.IsWritten())
        {
            next.Add(record);
            return;
        }

        work.BeginRecord(record.Message.Length);
        var isMatch = pattern.IsMatch(_text.Of(record.Message));
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
