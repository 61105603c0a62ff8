using LambdaLogs.Extension.Processing.Joining;
using LambdaLogs.Extension.Processing.Levels;
using LambdaLogs.Extension.Processing.Patterns;
using LambdaLogs.Extension.Processing.Redaction;
using LambdaLogs.Extension.Processing.Sampling;
using LambdaLogs.Extension.Processing.Shaping;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing;

/// <summary>
/// What happens to a record between the reader and the format. Each rule that is set is a stage that hands on to the next; one that is not
/// set does not exist. The order is that of <see cref="Rule"/>. Some stages hold records back for a while; these are told of the ends of
/// invocations, and drained. One thread at a time.
/// </summary>
internal sealed class Rules
{
    readonly RecordFilter _filter;
    readonly IRuleCounts? _counts;
    readonly WorkMeter? _work;
    readonly IRecordSink? _first;
    readonly LineJoiner? _joiner;
    readonly Sampler? _sampler;

    /// <summary>Only platform events are chosen.</summary>
    /// <param name="filter">Which.</param>
    public Rules(RecordFilter filter) => _filter = filter;

    /// <summary>Builds the stages, from the last to the first.</summary>
    /// <param name="filter">Which platform events are forwarded.</param>
    /// <param name="options">The rules that are in force.</param>
    /// <param name="tools">Clock, counts and salt.</param>
    /// <param name="end">Takes what is left, as it is forwarded.</param>
    public Rules(RecordFilter filter, RuleOptions options, RuleTools tools, IRecordSink end)
    {
        _filter = filter;
        _counts = tools.Counts;
        var work = _work = new WorkMeter(options.Work, tools.WorkTime);
        var next = end;
        if (options.MessageBytesMax is { } bytesMax)
            next = new MessageLimit(bytesMax, tools.Counts, next);
        if (options.Shape is { } shape)
            next = new AttributeFields(shape, next);
        if (options.Redact is { } redact)
            next = new Redactor(redact, tools, work, next);
        if (options.RateLimit is { } limit)
            next = new RateLimiter(limit, tools, next);
        if (options.Sample is { } sample)
            next = _sampler = new Sampler(sample, options.HeldBytesMax, tools.Counts, next);
        if (Pattern.Of(options.Exclude, work) is { } exclude)
            next = new MessageRule(exclude, Rule.Exclude, work, tools.Counts, next);
        if (Pattern.Of(options.Include, work) is { } include)
            next = new MessageRule(include, Rule.Include, work, tools.Counts, next);
        if (options.Levels is { } levels)
            next = new LevelRule(levels, tools.Counts, next);
        if (options.Join is { } join)
            next = _joiner = new LineJoiner(join, ShapeOf(join, work), tools, next);
        _first = next;
    }

    /// <summary>Whether there is any stage. Without one <see cref="Keeps"/> says all.</summary>
    public bool HasStages => _first is not null;

    /// <summary>How many records are held back.</summary>
    public int Held => (_joiner?.Held ?? 0) + (_sampler?.Held ?? 0);

    /// <summary>How much longer lines may wait to be joined. Null: none wait.</summary>
    public TimeSpan? HoldLeft => _joiner?.HoldLeft;

    /// <summary>What the stages did until now, for the line at the end. Empty: nothing.</summary>
    public string Summary => _counts?.Summary() ?? "";

    /// <summary>Whether the record is anything but a platform event that is not forwarded.</summary>
    public bool Keeps(in LogRecord record) => _filter.Keep(record);

    /// <summary>Leads a record through the stages. Only where <see cref="HasStages"/>.</summary>
    public void Add(in LogRecord record)
    {
        if (record.Kind is not (EventKind.Line or EventKind.Other))
            Note(record);

        if (_filter.Keep(record))
            _first!.Add(record);
        else
            _counts!.Removed(Rule.Events, 1);
    }

    /// <summary>
    /// Learns of a platform event, whether or not it is forwarded: it parts what was written before it from what comes after.
    /// </summary>
    public void Note(in LogRecord record)
    {
        _joiner?.Drain();
        _sampler?.Observe(record);
    }

    /// <summary>Hands on what is held back.</summary>
    /// <param name="all">Also what waits for the end of its invocation, as the process ends; else only lines that may be joined.</param>
    public void Drain(bool all)
    {
        _joiner?.Drain();
        if (all)
            _sampler?.Drain();
    }

    /// <summary>A telemetry body has ended: what comes next may take as much work as this one.</summary>
    public void EndBody() => _work?.BeginBody();

    static ILineDetector ShapeOf(JoinOptions join, WorkMeter work) =>
        join.Start is { } start ? new StartPattern(Pattern.Of([start], work)!, work) : new StackTraces();
}
