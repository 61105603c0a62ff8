using System.Text;
using LambdaLogs.Emulator.Endpoints;
using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Endpoints;

public sealed class InvokeApiTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_invocation_is_answered_with_the_response_and_the_version()
    {
        await using var lambda = await EmulatedLambda.StartAsync(Some.Options(), Cancel);
        using var answer = await InvokeAsync(lambda, "emulated-function");

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("""{"ok":true}""", await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("$LATEST", answer.Headers.GetValues("X-Amz-Executed-Version").Single());
        Assert.False(answer.Headers.Contains("X-Amz-Function-Error"));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_failing_handler_is_answered_with_200_and_a_function_error()
    {
        await using var lambda = await EmulatedLambda.StartAsync(
            Some.Options(FunctionSource.InProcess(_ => throw new InvalidOperationException("boom"))), Cancel);
        using var answer = await InvokeAsync(lambda, "emulated-function");

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("Unhandled", answer.Headers.GetValues("X-Amz-Function-Error").Single());
        Assert.Equal(
            """{"errorType":"InvalidOperationException","errorMessage":"boom"}""", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task The_tail_of_the_log_is_4_kb_and_ends_with_the_report()
    {
        await using var lambda = await EmulatedLambda.StartAsync(Some.Options(FunctionSource.InProcess(i =>
        {
            for (var n = 0; n < 200; n++)
                i.Log($"line {n} with some more text");
            return Task.FromResult("{}");
        })), Cancel);
        using var answer = await InvokeAsync(lambda, "emulated-function", ("X-Amz-Log-Type", "Tail"));

        var tail = Encoding.UTF8.GetString(Convert.FromBase64String(answer.Headers.GetValues("X-Amz-Log-Result").Single()));
        Assert.Equal(4096, tail.Length);
        Assert.Contains("line 199 with some more text\nEND RequestId: ", tail, StringComparison.Ordinal);
        Assert.Matches(@"REPORT RequestId: \S+\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\t", tail);
        Assert.Matches(@"\tInit Duration: [\d.]+ ms\n$", tail);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task The_invocation_type_decides_the_status()
    {
        await using var lambda = await EmulatedLambda.StartAsync(Some.Options(), Cancel);
        using var async = await InvokeAsync(lambda, "emulated-function", ("X-Amz-Invocation-Type", "Event"));
        using var dry = await InvokeAsync(lambda, "emulated-function", ("X-Amz-Invocation-Type", "DryRun"));
        using var wrong = await InvokeAsync(lambda, "emulated-function", ("X-Amz-Invocation-Type", "Nonsense"));

        Assert.Equal((202, 204, 400), ((int)async.StatusCode, (int)dry.StatusCode, (int)wrong.StatusCode));
        await lambda.WaitForAsync(e => e.Text == "hello 1", Limit.Wait, cancel: Cancel);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Another_function_is_not_found_in_the_services_own_words()
    {
        await using var lambda = await EmulatedLambda.StartAsync(Some.Options(), Cancel);
        using var answer = await InvokeAsync(lambda, "other");

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Equal("ResourceNotFoundException", answer.Headers.GetValues("x-amzn-ErrorType").Single());
        Assert.Equal(
            """{"Type":"User","Message":"Function not found: arn:aws:lambda:us-east-1:123456789012:function:other"}""",
            await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Concurrent_invocations_wait_for_each_other()
    {
        var running = 0;
        await using var lambda = await EmulatedLambda.StartAsync(Some.Options(FunctionSource.InProcess(async _ =>
        {
            Assert.Equal(1, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return "{}";
        })), Cancel);
        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => lambda.InvokeAsync(cancel: Cancel)));
        Assert.All(all, r => Assert.Null(r.FunctionError));
    }

    [Theory]
    [InlineData("checkout", true)]
    [InlineData("checkout:prod", true)]
    [InlineData("123456789012:function:checkout", true)]
    [InlineData("arn:aws:lambda:us-east-1:123456789012:function:checkout:7", true)]
    [InlineData("arn:aws:lambda:us-east-1:123456789012:function:other", false)]
    [InlineData("other:checkout", false)]
    public void A_function_can_be_named_in_several_ways(string given, bool matches) =>
        Assert.Equal(matches, FunctionName.Matches(given, new FunctionIdentity { Name = "checkout" }));

    static async Task<HttpResponseMessage> InvokeAsync(EmulatedLambda lambda, string function, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(lambda.InvokeEndpoint, $"/2015-03-31/functions/{Uri.EscapeDataString(function)}/invocations"));
        request.Content = new StringContent("{}");
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await http.SendAsync(request, Cancel);
    }
}
