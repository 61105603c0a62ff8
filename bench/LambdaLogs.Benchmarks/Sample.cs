using System.Text;

namespace LambdaLogs.Benchmarks;

/// <summary>Telemetry as Lambda sends it, of one kind of line.</summary>
static class Sample
{
    public const string RequestId = "459921b5-681c-4a96-beb0-81e0aa586026";

    const string Words = "order 4711 accepted for customer 98213 in region eu-west-1, payment pending, retry of worker 7 in 250 ms, cache hit ratio";

    /// <summary>The lines that are measured, by name: raw values of an event's <c>record</c>, about 200 bytes each.</summary>
    public static readonly IReadOnlyDictionary<string, string> Records = new Dictionary<string, string>
    {
        ["text"] = $"\"2026-03-14T09:26:53.470Z\\t{RequestId}\\tINFO\\t{Words}\\n\"",
        ["plain text"] = $"\"{Words} {Words[..70]}\\n\"",
        ["object"] = $$"""{"timestamp":"2026-03-14T09:26:53.470Z","level":"WARN","requestId":"{{RequestId}}","message":"{{Words[..70]}}","order":4711}""",
        ["text object"] = $"\"{{\\\"level\\\":\\\"error\\\",\\\"message\\\":\\\"{Words}\\\",\\\"order\\\":{{\\\"id\\\":4711}}}}\\n\"",
    };

    /// <summary>A body of so many events.</summary>
    public static byte[] Body(string kind, int count)
    {
        var item = $$"""{"time":"2026-03-14T09:26:53.470Z","type":"function","record":{{Records[kind]}}}""";
        return Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(item, count))}]");
    }
}
