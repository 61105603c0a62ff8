using System.Text;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Settings;
using LambdaLogs.Extension.Telemetry;
using LambdaLogs.Extension.Wire.Tls;

namespace LambdaLogs.Extension.Checks;

/// <summary>
/// Shows what the rules do with the lines of a file, as if a function had written them in one successful invocation. Sends nothing.
/// </summary>
internal sealed class SampleRun : IRecordSink
{
    const string Start = """{"type":"platform.start","record":{"requestId":"sample"}}""";
    const string End = """{"type":"platform.runtimeDone","record":{"requestId":"sample","status":"success"}}""";

    readonly Ledger _ledger = new();
    readonly PlainTextWriter _report;
    readonly Rules _rules;
    readonly TelemetryReader _reader;
    readonly string _time;
    long _lines;
    long _forwarded;

    /// <summary>Prepares the rules.</summary>
    /// <param name="settings">The settings in force.</param>
    /// <param name="time">The wall clock and the monotonic clock.</param>
    /// <param name="newSalt">Returns a random text.</param>
    /// <param name="report">Receives the forwarded records and the counts.</param>
    public SampleRun(ExtensionSettings settings, TimeProvider time, Func<string> newSalt, PlainTextWriter report)
    {
        _report = report;

        // The same for all lines: what the rules make of them does not depend on how fast they are read.
        var now = new byte[Rfc3339.Size];
        _time = Encoding.UTF8.GetString(now.AsSpan(0, Rfc3339.Write(time.GetUtcNow(), now)));
        var filter = new RecordFilter(settings.Filter);
        var end = new Forwarded(this);
        var tools = new RuleServices(new RuleCounts(_ledger), time, newSalt, Sha256.Hmac);
        _rules = new Rules(filter, settings.Rules ?? new RuleOptions(), tools, end);
        var lines = new LineOptions { ParseJson = settings.ParseJson, AcceptsUnknownIds = true };
        _reader = new TelemetryReader(this, new PlatformSignals(time), time, lines: lines);
    }

    /// <summary>Applies the rules to the lines.</summary>
    /// <param name="lines">The lines, without line breaks.</param>
    public void Run(IEnumerable<string> lines)
    {
        _report.Line("What would be forwarded, as level, message and attributes:");
        Read(Start);
        foreach (var line in lines)
        {
            _lines++;
            Read($$"""{"time":"{{_time}}","type":"function","record":"{{Escaped(line)}}"}""");
        }

        Read(End);
        _rules.Drain(all: true);
        _report.Line();
        _report.Line($"{_lines} lines, {_forwarded} records forwarded{_rules.Summary}");
    }

    /// <inheritdoc/>
    void IRecordSink.Add(in LogRecord record)
    {
        // Skip the events around the invocation, which are not in the file.
        if (record.Kind != EventKind.Line)
        {
            _rules.Note(record);
            return;
        }

        _ledger.CountReceived(1);
        _rules.Add(record);
    }

    void Read(string telemetry) => _reader.Read(Encoding.UTF8.GetBytes(telemetry));

    void Show(in LogRecord record)
    {
        _forwarded++;
        var attributes = Encoding.UTF8.GetString(record.Attributes);
        var level = Encoding.UTF8.GetString(record.Level.Name());
        _report.Line($"  {level,-5}  {Encoding.UTF8.GetString(record.Message)} {attributes}".TrimEnd());
    }

    static string Escaped(string line)
    {
        var plain = Encoding.UTF8.GetBytes(line);
        var escaped = new byte[JsonText.EscapedMax(plain)];
        return Encoding.UTF8.GetString(escaped.AsSpan(0, JsonText.Escape(plain, escaped)));
    }

    /// <summary>The end of the rules.</summary>
    /// <param name="run">Shows the records.</param>
    sealed class Forwarded(SampleRun run) : IRecordSink
    {
        /// <inheritdoc/>
        public void Add(in LogRecord record) => run.Show(record);
    }
}
