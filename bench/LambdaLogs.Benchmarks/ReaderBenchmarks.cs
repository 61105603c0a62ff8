using BenchmarkDotNet.Attributes;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Benchmarks;

/// <summary>From a body to records, one record.</summary>
public class ReaderBenchmarks
{
    const int Count = 1000;

    readonly CountingSink _sink = new();
    TelemetryReader? _reader;
    byte[] _body = [];

    public static IEnumerable<string> Kinds => Sample.Records.Keys;

    [ParamsSource(nameof(Kinds))]
    public string Kind { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        _body = Sample.Body(Kind, Count);
        _reader = new TelemetryReader(_sink, new PlatformSignals(TimeProvider.System), TimeProvider.System);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int Read()
    {
        _reader!.Read(_body);
        return _sink.Records;
    }

    sealed class CountingSink : IRecordSink
    {
        public int Records { get; private set; }

        public void Add(in LogRecord record) => Records++;
    }
}
