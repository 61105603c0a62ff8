using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.FieldRules;
using LambdaLogs.Extension.Processing.Joining;
using LambdaLogs.Extension.Processing.Levels;
using LambdaLogs.Extension.Processing.Redaction;
using LambdaLogs.Extension.Processing.Sampling;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Benchmarks;

/// <summary>One record of about 200 bytes through one rule: mostly one that finds nothing to do, as in life.</summary>
public class RuleBenchmarks : IRecordSink, IRuleCounts
{
    static readonly byte[] Message = Encoding.UTF8.GetBytes(Sample.Records["text"][1..^3]);
    static readonly byte[] Attributes = """{"order":4711,"customer":{"id":98213,"region":"eu-west-1"},"logger":"shop.orders"}"""u8.ToArray();
    static readonly byte[] RequestId = Encoding.UTF8.GetBytes(Sample.RequestId);

    static readonly Dictionary<string, RuleOptions> Options = new()
    {
        ["none"] = new() { MessageBytesMax = int.MaxValue },
        ["LOGS_MULTILINE"] = new() { Join = new JoinOptions() },
        ["LOGS_MIN_LEVEL"] = new() { Levels = new LevelOptions { Minimum = LogLevel.Info } },
        ["LOGS_MIN_LEVEL, by logger"] = new() { Levels = new LevelOptions { Minimum = LogLevel.Info, Loggers = [new("shop", LogLevel.Debug)] } },
        ["LOGS_EXCLUDE_REGEX"] = new() { Exclude = [@"^GET /health\b", "(?i)deprecat(ed|ion)"] },
        ["LOGS_SAMPLE_RATE, kept"] = new() { Sample = new SampleOptions([0.999999, 0.999999, 0.999999, 0.999999]) },
        ["LOGS_RATE_LIMIT"] = new() { RateLimit = new RateLimitOptions(int.MaxValue, int.MaxValue) },
        ["LOGS_REDACT=email"] = new() { Redact = new RedactOptions { Presets = RedactPresets.Email } },
        ["LOGS_REDACT=all"] = new() { Redact = new RedactOptions { Presets = RedactPresets.All } },
        ["LOGS_REDACT_REGEX"] = new() { Redact = new RedactOptions { Patterns = [@"\border-\d{8}\b"] } },
        ["LOGS_REDACT_KEYS"] = new() { Redact = new RedactOptions { Keys = ["password", "token"] } },
        ["LOGS_FIELDS_DROP"] = new() { Fields = new FieldRuleOptions { Dropped = ["customer.region"] } },
    };

    Rules? _rules;
    long _bytes;

    public static IEnumerable<string> Kinds => Options.Keys;

    [ParamsSource(nameof(Kinds))]
    public string Kind { get; set; } = "";

    [GlobalSetup]
    public void Prepare() =>
        _rules = new Rules(new RecordFilter(new FilterOptions()), Options[Kind], new RuleServices(this, TimeProvider.System, () => "salt", HMACSHA256.HashData), this);

    [Benchmark]
    public long Text() => Add(default, isText: true);

    [Benchmark]
    public long Fields() => Add(Attributes, isText: false);

    long Add(ReadOnlySpan<byte> attributes, bool isText)
    {
        _rules!.Add(new LogRecord
        {
            Time = "2026-03-14T09:26:53.470Z"u8,
            Level = LogLevel.Info,
            Message = Message,
            LogType = "function"u8,
            RequestId = RequestId,
            Attributes = attributes,
            IsText = isText,
        });
        return _bytes;
    }

    void IRecordSink.Add(in LogRecord record) => _bytes += record.Message.Length + record.Attributes.Length;

    void IRuleCounts.Removed(Rule rule, long records)
    {
    }

    void IRuleCounts.Changed(Rule rule)
    {
    }

    string IRuleCounts.Summary() => "";
}
