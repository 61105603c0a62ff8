using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>Formats for a function, and bodies in them.</summary>
internal static class SampleFormats
{
    static readonly FunctionIdentity Identity = new()
    {
        Name = "checkout",
        Version = "$LATEST",
        MemorySize = "256",
        Region = "eu-west-1",
        Architecture = "x86_64",
        AccountId = "123456789012",
    };

    /// <summary>Every format.</summary>
    public static TheoryData<FormatKind> Kinds => [.. Enum.GetValues<FormatKind>()];

    /// <summary>All that may be set.</summary>
    public static FormatOptions Options(FormatKind kind) => new()
    {
        Kind = kind,
        ServiceName = "shop",
        Fields = [new("env", "prod"), new("team", "pay \"now\"")],
        ElasticsearchIndex = "logs-aws.lambda-default",
        SplunkIndex = "main",
        SplunkSourceType = "_json",
        LokiTenant = "tenant1",
    };

    /// <summary>A format with all options.</summary>
    public static LogFormat New(FormatKind kind) => New(Options(kind));

    /// <summary>A format whose clock stands at 2026-03-14T09:26:55Z.</summary>
    public static LogFormat New(FormatOptions options)
    {
        var clock = new ManualClock();
        clock.Advance(new DateTimeOffset(2026, 3, 14, 9, 26, 55, TimeSpan.Zero) - clock.GetUtcNow());
        return LogFormats.Create(options, Identity, clock, () => 0.5);
    }

    /// <summary>One encoded record.</summary>
    public static byte[] Encode(LogFormat format, SampleRecord record)
    {
        var view = format.Prepare(record.View());
        var buffer = new byte[format.MaxSize(in view)];
        return buffer[..format.Write(in view, buffer)];
    }

    /// <summary>A whole body of encoded records.</summary>
    public static byte[] Body(LogFormat format, params IEnumerable<byte[]> records)
    {
        List<byte> body = [.. format.Head];
        foreach (var record in records)
        {
            if (body.Count > format.Head.Length)
                body.Add(format.Separator);
            body.AddRange(record);
        }

        var buffer = new byte[body.Count + LogFormat.TailBytesMax];
        body.CopyTo(buffer);
        var tail = format.Seal(new DateTimeOffset(2026, 3, 14, 9, 26, 56, TimeSpan.Zero), buffer, body.Count);
        return buffer[..(body.Count + tail)];
    }
}
