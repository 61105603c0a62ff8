using System.Text;
using LambdaLogs.Emulator.Endpoints;
using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Endpoints;

public sealed class InvokeApiTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_invocation_gets_the_response_and_the_version()
    {
        await using var lambda = await EmulatedLambda.StartAsync(Some.Options(), Cancel);
        using var response = await InvokeAsync(lambda, "emulated-function");

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("""{"ok":true}""", await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("$LATEST", response.Headers.GetValues("X-Amz-Executed-Version").Single());
        Assert.False(response.Headers.Contains("X-Amz-Function-Error"));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_failing_handler_gets_200_and_a_function_error()
    {
        await using var lambda = await EmulatedLambda.StartAsync(
            Some.Options(FunctionSource.InProcess(_ => throw new InvalidOperationException("boom"))), Cancel);
        using var response = await InvokeAsync(lambda, "emulated-function");

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("Unhandled", response.Headers.GetValues("X-Amz-Function-Error").Single());
        Assert.Equal(
            """{"errorType":"InvalidOperationException","errorMessage":"boom"}""", await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task The_tenant_id_reaches_only_the_handler_of_its_invocation()
    {
        await using var lambda = await EmulatedLambda.StartAsync(
            Some.Options(FunctionSource.InProcess(i => Task.FromResult($"\"{i.TenantId}\""))), Cancel);
        using var first = await InvokeAsync(lambda, "emulated-function", ("X-Amz-Tenant-Id", "blue"));
        using var second = await InvokeAsync(lambda, "emulated-function");

        Assert.Equal("\"blue\"", await first.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("\"\"", await second.Content.ReadAsStringAsync(Cancel));
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
        using var response = await InvokeAsync(lambda, "emulated-function", ("X-Amz-Log-Type", "Tail"));

        var tail = Encoding.UTF8.GetString(Convert.FromBase64String(response.Headers.GetValues("X-Amz-Log-Result").Single()));
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
        using var response = await InvokeAsync(lambda, "other");

        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal("ResourceNotFoundException", response.Headers.GetValues("x-amzn-ErrorType").Single());
        Assert.Equal(
            """{"Type":"User","Message":"Function not found: arn:aws:lambda:us-east-1:123456789012:function:other"}""",
            await response.Content.ReadAsStringAsync(Cancel));
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
    [InlineData("checkout", null, true)]
    [InlineData("checkout:prod", "prod", true)]
    [InlineData("123456789012:function:checkout", null, true)]
    [InlineData("arn:aws:lambda:us-east-1:123456789012:function:checkout:7", "7", true)]
    [InlineData("arn:aws:lambda:us-east-1:123456789012:function:function", null, true)]
    [InlineData("function", null, true)]
    [InlineData("arn:aws:lambda:us-east-1:123456789012:function:other", null, false)]
    [InlineData("other:checkout", "checkout", false)]
    public void A_function_can_be_named_in_several_ways(string given, string? qualifier, bool matches)
    {
        var name = FunctionName.Of(given);
        Assert.Equal((qualifier, matches), (name.Qualifier, name.IsOf(new FunctionIdentity { Name = "checkout" })));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task The_qualifier_is_part_of_the_arn_that_was_invoked()
    {
        await using var sandbox = await DrivenSandbox.StartAsync(o => o with { FunctionVersion = "7" });
        var next = await sandbox.ReadyAsync();
        using var response = await InvokeAsync(sandbox.Lambda, "emulated-function:prod");
        Assert.Equal("7", response.Headers.GetValues("X-Amz-Executed-Version").Single());
        Assert.EndsWith(":function:emulated-function:prod", (await next).Member("invokedFunctionArn"));

        using var conflict = await InvokeAsync(sandbox.Lambda, "emulated-function:prod", query: "?Qualifier=test");
        Assert.Equal("InvalidParameterValueException", conflict.Headers.GetValues("x-amzn-ErrorType").Single());
        using var missing = await InvokeAsync(sandbox.Lambda, "emulated-function", query: "?Qualifier=8");
        Assert.Equal(404, (int)missing.StatusCode);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_payload_that_is_no_json_is_refused_and_any_json_value_is_taken()
    {
        await using var lambda = await EmulatedLambda.StartAsync(Some.Options(), Cancel);
        using var broken = await InvokeAsync(lambda, "emulated-function", body: "{not json");
        Assert.Equal(400, (int)broken.StatusCode);
        Assert.Equal("InvalidRequestContentException", broken.Headers.GetValues("x-amzn-ErrorType").Single());
        foreach (var body in new[] { "3", "\"text\"", "null", "[]", "" })
        {
            using var taken = await InvokeAsync(lambda, "emulated-function", body: body);
            Assert.Equal(200, (int)taken.StatusCode);
        }
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_event_that_is_sent_asynchronously_has_a_smaller_limit()
    {
        await using var lambda = await EmulatedLambda.StartAsync(Some.Options(), Cancel);
        var body = $"\"{new string('x', 1024 * 1024)}\"";
        using var large = await InvokeAsync(lambda, "emulated-function", body: body, headers: ("X-Amz-Invocation-Type", "Event"));
        Assert.Equal(413, (int)large.StatusCode);
        using var taken = await InvokeAsync(lambda, "emulated-function", body: body);
        Assert.Equal(200, (int)taken.StatusCode);
    }

    static Task<HttpResponseMessage> InvokeAsync(EmulatedLambda lambda, string function, params (string Name, string Value)[] headers) =>
        InvokeAsync(lambda, function, "{}", "", headers);

    static async Task<HttpResponseMessage> InvokeAsync(
        EmulatedLambda lambda, string function, string body = "{}", string query = "", params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(lambda.InvokeEndpoint, $"/2015-03-31/functions/{Uri.EscapeDataString(function)}/invocations{query}"));
        request.Content = new StringContent(body);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await http.SendAsync(request, Cancel);
    }
}
