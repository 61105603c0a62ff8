using System.Text;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

/// <summary>Batches where headers or fields name the tenant.</summary>
public sealed class TenantBatchTests : IDisposable
{
    static readonly PipelineOptions Options = new() { BatchLinger = TimeSpan.Zero, SpillMaxBytes = 1024 * 1024 };

    readonly PipelineRig _rig = New();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_batch_holds_the_records_of_one_tenant()
    {
        _rig.Pause();
        Add("", EventKind.Start, "a1");
        foreach (var (tenant, text) in (ReadOnlySpan<(string, string)>)[("blue", "b1"), ("blue", "b2"), ("green", "g1"), ("blue", "b3"), ("green", "g2"), ("green", "g3")])
            Add(tenant, EventKind.Line, text);
        var sent = await SentAsync();

        Assert.Equal(["blue: b1,b2", "green: g1", "blue: b3", "green: g2,g3"], sent.Where(text => !text.StartsWith(':')));
    }

    [Fact]
    public async Task Fields_name_the_tenant_of_their_batch()
    {
        _rig.Pause();
        Add("blue", EventKind.Start, "");
        Add("blue", EventKind.Line, "b");
        Add("green", EventKind.Line, "g");
        var flush = _rig.FlushAsync();
        for (var batch = 0; batch < 2; batch++)
        {
            var attempt = await _rig.Destination.NextAsync();
            Assert.Contains($"\"org\":\"org-{attempt.Tenant}\"", attempt.Body, StringComparison.Ordinal);
            attempt.Deliver();
        }

        await flush;
    }

    [Fact]
    public async Task What_was_written_before_the_first_invocation_waits_for_its_tenant()
    {
        Add("", EventKind.Line, "init", request: "");
        _rig.Advance(60_000);
        Assert.Equal(FlushResult.GaveUp, await _rig.FlushAsync());
        Assert.Empty(_rig.Destination.Rest());

        Add("blue", EventKind.Start, "");
        Add("blue", EventKind.Line, "b");
        Assert.Equal(["blue: init", "blue: b"], await SentAsync());
    }

    [Fact]
    public async Task What_nobody_claims_is_sent_at_the_end()
    {
        Add("", EventKind.Line, "init", request: "");
        var flush = _rig.FlushAsync(isFinal: true);
        var attempt = await _rig.Destination.NextAsync();
        Assert.Equal("", attempt.Tenant);
        attempt.Deliver();
        await flush;
    }

    [Fact]
    public async Task What_is_kept_for_the_next_process_keeps_its_tenant()
    {
        _rig.Pause();
        Add("blue", EventKind.Start, "");
        Add("blue", EventKind.Line, "b");
        Add("green", EventKind.Line, "g");
        _rig.End();

        using var next = New();
        next.Store.Content = _rig.Store.Content;
        next.Pipeline.Restore();
        next.Pause();
        using (next.Pipeline.Enter())
            next.Pipeline.Add(Record("red", EventKind.Start, "", "r1"));
        Assert.Equal(["blue: b", "green: g"], await SentAsync(next));
    }

    static PipelineRig New() => new(Options, formats: new TenantFormats(Format(""), Format));

    static LambdaFormat Format(string tenant) =>
        new(new FormatOptions { Fields = FieldPlaceholders.Fill([new("org", "org-{tenant_id}")], new FunctionIdentity(), tenant) }, new FunctionIdentity { Name = "orders" });

    Task<List<string>> SentAsync() => SentAsync(_rig);

    static async Task<List<string>> SentAsync(PipelineRig rig)
    {
        var sent = new List<string>();
        rig.Destination.OnAttempt = attempt =>
        {
            sent.Add($"{attempt.Tenant}: {string.Join(',', attempt.Messages)}");
            attempt.Deliver();
        };
        Assert.Equal(FlushResult.Emptied, await rig.FlushAsync());
        return sent;
    }

    void Add(string tenant, EventKind kind, string text, string request = "r1")
    {
        using (_rig.Pipeline.Enter())
        {
            _rig.Pipeline.Add(Record(tenant, kind, text, request));
            _rig.Pipeline.PublishRecords();
        }
    }

    static LogRecord Record(string tenant, EventKind kind, string text, string request) => new()
    {
        Time = "2026-03-14T09:26:53.101Z"u8,
        Message = Encoding.UTF8.GetBytes(text),
        LogType = kind == EventKind.Line ? "function"u8 : "platform.start"u8,
        Kind = kind,
        RequestId = Encoding.UTF8.GetBytes(request),
        Context = tenant.Length == 0 ? default : Encoding.UTF8.GetBytes($"\"tenant_id\":\"{tenant}\""),
    };
}
