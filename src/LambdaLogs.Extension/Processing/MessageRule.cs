using LambdaLogs.Extension.Processing.Patterns;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing;

/// <summary>Hands on lines whose message matches, or does not match, a pattern; and all that is no line.</summary>
/// <param name="pattern">What messages are held against.</param>
/// <param name="rule"><see cref="Rule.Include"/>: only what matches goes on. <see cref="Rule.Exclude"/>: only what does not.</param>
/// <param name="work">Bounds the work; a line beyond the bound goes on.</param>
/// <param name="counts">Learns of what is left out.</param>
/// <param name="next">Takes the rest.</param>
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
