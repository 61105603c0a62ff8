using LambdaLogs.Extension.Processing.FieldRules;
using LambdaLogs.Extension.Processing.Joining;
using LambdaLogs.Extension.Processing.Levels;
using LambdaLogs.Extension.Processing.Patterns;
using LambdaLogs.Extension.Processing.Redaction;
using LambdaLogs.Extension.Processing.Sampling;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing;

/// <summary>
/// The stages between the reader and the format. Each configured rule is a stage that passes records to the next one; other rules have
/// none. The order: events, join, level, include, exclude, sample, rate limit, redact, fields, length. Stages that hold records back learn
/// about the ends of invocations and are drained. One thread at a time.
/// </summary>
internal sealed class Rules
{
    readonly RecordFilter _filter;
    readonly IRuleCounts? _counts;
    readonly WorkMeter? _work;
    readonly IRecordSink? _first;
    readonly LineJoiner? _joiner;
    readonly Sampler? _sampler;

    /// <summary>Creates rules without stages: only streams and platform events are filtered.</summary>
    /// <param name="filter">Selects streams and platform events.</param>
    public Rules(RecordFilter filter) => _filter = filter;

    /// <summary>Creates the stages, from the last to the first.</summary>
    /// <param name="filter">Selects streams and platform events.</param>
    /// <param name="options">The rules in force.</param>
    /// <param name="services">Clock, counters and salt.</param>
    /// <param name="end">Receives the records to forward.</param>
    public Rules(RecordFilter filter, RuleOptions options, RuleServices services, IRecordSink end)
    {
        _filter = filter;
        _counts = services.Counts;
        var work = _work = new WorkMeter(options.Work, services.WorkTime);
        var next = end;
        if (options.MessageBytesMax is { } bytesMax)
            next = new MessageLimit(bytesMax, services.Counts, next);
        if (options.Fields is { } fields)
            next = new FieldRule(fields, next);
        if (options.Redact is { } redact)
            next = new Redactor(redact, services, work, next);
        if (options.RateLimit is { } limit)
            next = new RateLimiter(limit, services, next);
        if (options.Sample is { } sample)
            next = _sampler = new Sampler(sample, options.PendingBytesMax, services.Counts, next);
        next = Filtered(options.Exclude, options.ExcludeTenants, Rule.Exclude, services.Counts, next);
        next = Filtered(options.Include, options.IncludeTenants, Rule.Include, services.Counts, next);
        if (options.Levels is { } levels)
            next = new LevelRule(levels, services.Counts, next);
        if (options.Join is { } join)
            next = _joiner = new LineJoiner(join, DetectorFor(join, work), services, next);
        _first = next;
    }

    /// <summary>Whether there are stages. If not, <see cref="Keeps"/> decides alone.</summary>
    public bool HasStages => _first is not null;

    /// <summary>Number of records that wait for the decision of a rule.</summary>
    public int PendingCount => (_joiner?.PendingCount ?? 0) + (_sampler?.PendingCount ?? 0);

    /// <summary>How much longer lines may wait to be joined. Null: none wait.</summary>
    public TimeSpan? PendingTimeLeft => _joiner?.PendingTimeLeft;

    /// <summary>The counts of the stages, for the summary. Empty: none.</summary>
    public string Summary => _counts?.Summary() ?? "";

    /// <summary>Whether a record is forwarded, as far as streams and platform events are filtered.</summary>
    public bool Keeps(in LogRecord record) => _filter.Keep(record);

    /// <summary>Passes a record through the stages. Requires <see cref="HasStages"/>.</summary>
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
    /// Tells the stages about a platform event, whether or not it is forwarded: it separates the lines before it from those after it.
    /// </summary>
    public void Note(in LogRecord record)
    {
        _joiner?.Drain();
        _sampler?.Observe(record);
    }

    /// <summary>Passes on the records that are held back.</summary>
    /// <param name="all">
    /// Also records that wait for the end of their invocation, because the process ends; otherwise only lines that may be joined.
    /// </param>
    public void Drain(bool all)
    {
        _joiner?.Drain();
        if (all)
            _sampler?.Drain();
    }

    /// <summary>Call at the end of a telemetry body: the work limit of the next body starts.</summary>
    public void EndBody() => _work?.BeginBody();

    IRecordSink Filtered(IReadOnlyList<string> messages, IReadOnlyList<string> tenants, Rule rule, IRuleCounts counts, IRecordSink next)
    {
        var (pattern, ofTenants) = (Pattern.Compile(messages, _work!), Pattern.Compile(tenants, _work!));
        return pattern is null && ofTenants is null ? next : new MessageRule(pattern, ofTenants, rule, _work!, counts, next);
    }

    static ILineDetector DetectorFor(JoinOptions join, WorkMeter work) =>
        join.Start is { } start ? new StartPattern(Pattern.Compile([start], work)!, work) : new StackTraces();
}
