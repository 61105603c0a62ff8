using System.Security.Cryptography;
using System.Text;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>Rules between a test and a list of what they hand on. Holds that every record goes on, is removed, or is held.</summary>
internal sealed class RuleRig : IRecordSink, IRuleCounts
{
    readonly long[] _removed = new long[RuleNames.Count];
    readonly long[] _changed = new long[RuleNames.Count];
    long _added;

    public RuleRig(RuleOptions options, PlatformEventSet events = PlatformEventSet.Default) =>
        Rules = new Rules(new RecordFilter(new FilterOptions { PlatformEvents = events }), options, new RuleServices(this, Clock, () => "random", HMACSHA256.HashData), this);

    public ManualClock Clock { get; } = new();

    public Rules Rules { get; }

    public List<KeptRecord> Kept { get; } = [];

    public IEnumerable<string> Messages => Kept.Select(record => record.Message);

    public long RemovedBy(Rule rule) => _removed[(int)rule];

    public long ChangedBy(Rule rule) => _changed[(int)rule];

    /// <summary>Adds a line as the reader would hand it on. The text is plain; it is escaped here.</summary>
    public void Line(string text, LogLevel level = LogLevel.Info, string request = "request-1", string type = "function", string attributes = "", string tenant = "") => Add(new LogRecord
    {
        Time = "2026-03-14T09:26:53.101Z"u8,
        Level = level,
        LevelOrigin = level == LogLevel.Info ? LevelOrigin.Assumed : LevelOrigin.Named,
        Message = Escape(text),
        LogType = Encoding.UTF8.GetBytes(type),
        RequestId = Encoding.UTF8.GetBytes(request),
        Attributes = Encoding.UTF8.GetBytes(attributes),
        IsText = attributes.Length == 0,
        Context = Encoding.UTF8.GetBytes(tenant.Length == 0 ? "" : $"\"tenant_id\":\"{tenant}\""),
    });

    /// <summary>Adds a platform event.</summary>
    public void Event(EventKind kind, PlatformStatus status = PlatformStatus.Success, string request = "request-1") => Add(new LogRecord
    {
        Time = "2026-03-14T09:26:53.101Z"u8,
        Level = status is PlatformStatus.Success or PlatformStatus.None ? LogLevel.Info : LogLevel.Error,
        Message = Encoding.UTF8.GetBytes(kind.ToString()),
        LogType = "platform.x"u8,
        RequestId = Encoding.UTF8.GetBytes(request),
        Kind = kind,
        Status = status,
    });

    public void Add(in LogRecord record)
    {
        _added++;
        Rules.Add(record);
        Balance();
    }

    public void Drain(bool all = true)
    {
        Rules.Drain(all);
        Balance();
    }

    void IRecordSink.Add(in LogRecord record) => Kept.Add(KeptRecord.Of(record));

    void IRuleCounts.Removed(Rule rule, long records) => _removed[(int)rule] += records;

    void IRuleCounts.Changed(Rule rule) => _changed[(int)rule]++;

    string IRuleCounts.Summary() => "";

    public static byte[] Escape(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var escaped = new byte[JsonText.EscapedMax(plain)];
        return escaped[..JsonText.Escape(plain, escaped)];
    }

    public static string Unescape(string raw)
    {
        var bytes = Encoding.UTF8.GetBytes(raw);
        var plain = new byte[bytes.Length];
        return Encoding.UTF8.GetString(plain.AsSpan(0, JsonText.Unescape(bytes, plain)));
    }

    void Balance() => Assert.Equal(_added, Kept.Count + _removed.Sum() + Rules.PendingCount);
}
