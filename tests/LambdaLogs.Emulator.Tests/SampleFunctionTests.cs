using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Tests.Support;

namespace LambdaLogs.Emulator.Tests;

/// <summary>The sample functions under the emulator, in each language.</summary>
public sealed class SampleFunctionTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Timeout = Limit.Milliseconds)]
    [InlineData("bash")]
    [InlineData("python")]
    [InlineData("node")]
    [InlineData("ruby")]
    [InlineData("java")]
    [InlineData("go")]
    [InlineData("dotnet")]
    public async Task A_sample_function_logs_fails_and_recovers(string language)
    {
        await using var lambda = await EmulatedLambda.StartAsync(Samples.Options(language), Cancel);

        var lines = await lambda.InvokeToEndAsync("""{"lines":100}""", Cancel);
        Assert.Equal(Enumerable.Range(1, 100).Select(n => $"line {n} of 100 {lines.RequestId}"), lines.Lines);
        Assert.Null(lines.FunctionError);

        var json = await lambda.InvokeToEndAsync("""{"lines":1,"json":true}""", Cancel);
        Assert.Contains("line 1 of 1", Assert.Single(json.Lines), StringComparison.Ordinal);
        Assert.StartsWith("{", json.Lines[0], StringComparison.Ordinal);

        var trace = await lambda.InvokeToEndAsync("""{"lines":0,"trace":true}""", Cancel);
        Assert.True(trace.Lines.Count >= 3);

        var failed = await lambda.InvokeToEndAsync("""{"fail":true}""", Cancel);
        Assert.Equal("Unhandled", failed.FunctionError);
        Assert.Contains("AskedToFail", failed.PayloadText, StringComparison.Ordinal);

        var crashed = await lambda.InvokeToEndAsync("""{"exit":3}""", Cancel);
        Assert.Contains("\"errorType\":\"Runtime.ExitError\"", crashed.PayloadText, StringComparison.Ordinal);
        Assert.Contains("exit status 3", crashed.PayloadText, StringComparison.Ordinal);

        var recovered = await lambda.InvokeToEndAsync("""{"lines":2,"sleepMs":20}""", Cancel);
        Assert.Equal(2, recovered.Lines.Count);
        Assert.True(recovered.HandlerTime >= TimeSpan.FromMilliseconds(20));
    }

    [Theory(Timeout = Limit.Milliseconds)]
    [InlineData("bash")]
    [InlineData("python")]
    [InlineData("node")]
    [InlineData("ruby")]
    [InlineData("java")]
    [InlineData("go")]
    [InlineData("dotnet")]
    public async Task A_function_that_uses_up_its_memory_is_killed_for_it(string language)
    {
        await using var lambda = await EmulatedLambda.StartAsync(Samples.Options(language) with { MemoryMb = 128 }, Cancel);
        var result = await lambda.InvokeToEndAsync("""{"oom":true}""", Cancel);

        Assert.Contains("Runtime.OutOfMemory", result.PayloadText, StringComparison.Ordinal);
        Assert.Equal("Runtime.OutOfMemory", result.Outcome!.ErrorType);
    }

    [Theory(Timeout = Limit.Milliseconds)]
    [InlineData("bash")]
    [InlineData("python")]
    [InlineData("node")]
    [InlineData("ruby")]
    [InlineData("java")]
    [InlineData("go")]
    [InlineData("dotnet")]
    public async Task A_function_that_cannot_start_fails_init_and_then_the_invocation(string language)
    {
        await using var lambda = await EmulatedLambda.StartAsync(
            Samples.Options(language) with { Environment = new Dictionary<string, string> { ["FAIL_INIT"] = "1" } }, Cancel);
        Assert.Equal(Phase.Down, lambda.Phase);

        var result = await lambda.InvokeToEndAsync(cancel: Cancel);
        Assert.Contains("\"errorType\":\"Runtime.InitError\"", result.PayloadText, StringComparison.Ordinal);
    }
}
