using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Tests.Sandbox;

/// <summary>Several environments of one function, and invocations that nobody waits for.</summary>
public sealed class EnvironmentsTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Invocations_at_once_have_an_environment_each_and_those_beyond_are_throttled()
    {
        using var hold = new SemaphoreSlim(0);
        var running = 0;
        var function = FunctionSource.InProcess(async i =>
        {
            Interlocked.Increment(ref running);
            await hold.WaitAsync(i.Cancel);
            return "{}";
        });
        await using var lambda = await EmulatedLambda.StartAsync(Some.Options(function) with { Concurrency = 2, Timeout = Limit.Wait }, Cancel);
        using var http = new HttpClient();
        var first = InvokeAsync(http, lambda);
        var second = InvokeAsync(http, lambda);
        while (Volatile.Read(ref running) < 2)
            await Task.Delay(5, Cancel);

        using var third = await InvokeAsync(http, lambda);
        Assert.Equal(429, (int)third.StatusCode);
        Assert.Equal("TooManyRequestsException", third.Headers.GetValues("x-amzn-ErrorType").Single());

        hold.Release(2);
        using var a = await first;
        using var b = await second;
        Assert.Equal((200, 200), ((int)a.StatusCode, (int)b.StatusCode));
        Assert.Contains(lambda.Transcript.Events, e => e is { Environment: 2, Kind: TranscriptKind.InvocationSent, Source: "runtime#2" });
        await lambda.ShutdownAsync(Cancel);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_failed_event_is_tried_twice_more_and_leaves_a_record()
    {
        using var files = new TempFiles();
        var file = Path.Combine(files.Root, "failures");
        var attempts = 0;
        var function = FunctionSource.InProcess(_ =>
        {
            Interlocked.Increment(ref attempts);
            throw new InvalidOperationException("never");
        });
        await using var lambda = await EmulatedLambda.StartAsync(
            Some.Options(function) with { OnFailureFile = file, AsyncRetryDelay = TimeSpan.FromMilliseconds(1) }, Cancel);
        using var http = new HttpClient();
        using var response = await InvokeAsync(http, lambda, """{"order":7}""", "Event");
        Assert.Equal(202, (int)response.StatusCode);
        while (!File.Exists(file) || new FileInfo(file).Length == 0)
            await Task.Delay(5, Cancel);

        Assert.Equal(3, attempts);

        // As on Lambda, each attempt has the id of the first.
        var ids = lambda.Transcript.Events.Where(e => e.Kind is TranscriptKind.InvocationSent).Select(e => e.RequestId).ToList();
        Assert.Equal(3, ids.Count);
        Assert.Equal(response.Headers.GetValues("x-amzn-RequestId").Single(), ids.Distinct().Single());
        var record = await File.ReadAllTextAsync(file, Cancel);
        Assert.Contains("\"condition\":\"RetriesExhausted\",\"approximateInvokeCount\":3", record, StringComparison.Ordinal);
        Assert.Contains("\"requestPayload\":{\"order\":7}", record, StringComparison.Ordinal);
        Assert.Contains("\"functionError\":\"Unhandled\"", record, StringComparison.Ordinal);
        Assert.EndsWith("}\n", record);
    }

    static async Task<HttpResponseMessage> InvokeAsync(
        HttpClient http, EmulatedLambda lambda, string body = "{}", string type = "RequestResponse")
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(lambda.InvokeEndpoint, "/2015-03-31/functions/function/invocations"));
        request.Content = new StringContent(body);
        request.Headers.Add("X-Amz-Invocation-Type", type);
        return await http.SendAsync(request, Cancel);
    }
}
