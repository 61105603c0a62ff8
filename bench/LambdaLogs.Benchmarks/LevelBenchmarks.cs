using System.Text;
using BenchmarkDotNet.Attributes;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Benchmarks;

/// <summary>The head of one line of text: level, request id, time.</summary>
public class LevelBenchmarks
{
    static readonly Dictionary<string, byte[]> Lines = new()
    {
        ["Node"] = Inside($"2026-03-14T09:26:53.470Z\\t{Sample.RequestId}\\tINFO\\torder 4711 accepted"),
        ["Python"] = Inside($"[WARNING]\\t2026-03-14T09:26:53.470Z\\t{Sample.RequestId}\\torder 4711 accepted"),
        ["Java"] = Inside("2026-03-14 09:26:53 ERROR com.example.Handler:12 - order 4711 refused"),
        ["Ruby"] = Inside($"I, [2026-03-14T09:26:53.470000 #8]  INFO {Sample.RequestId} -- : order 4711 accepted"),
        ["none"] = Inside("order 4711 accepted for customer 98213 in region eu-west-1, payment pending"),
    };

    byte[] _line = [];

    public static IEnumerable<string> Kinds => Lines.Keys;

    [ParamsSource(nameof(Kinds))]
    public string Kind { get; set; } = "";

    [GlobalSetup]
    public void Prepare() => _line = Lines[Kind];

    [Benchmark]
    public int ReadPrefix() => (int)LinePrefix.Read(_line).Level;

    static byte[] Inside(string text) => Encoding.UTF8.GetBytes(text);
}
