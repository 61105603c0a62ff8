using System.Text;
using BenchmarkDotNet.Attributes;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Benchmarks;

/// <summary>One record of about 200 bytes into the default format.</summary>
public class EncoderBenchmarks
{
    static readonly byte[] Message = Encoding.UTF8.GetBytes(Sample.Records["text"][1..^3]);
    static readonly byte[] RequestId = Encoding.UTF8.GetBytes(Sample.RequestId);

    readonly LambdaFormat _format = new(new FormatOptions(), new FunctionIdentity
    {
        Name = "checkout",
        Version = "$LATEST",
        MemorySize = "256",
        Region = "eu-west-1",
        Architecture = "x86_64",
    });

    readonly byte[] _room = new byte[4096];

    [Benchmark]
    public int Write()
    {
        var record = new LogRecord
        {
            Time = "2026-03-14T09:26:53.470Z"u8,
            Level = LogLevel.Info,
            Message = Message,
            LogType = "function"u8,
            RequestId = RequestId,
            ColdStart = false,
        };
        return _format.MaxSize(record) <= _room.Length ? _format.Write(record, _room) : 0;
    }
}
