using LambdaLogs.Emulator.Tests.Support;

namespace LambdaLogs.Emulator.Tests;

/// <summary>Extensions that know nothing of the emulator get every line of the function, also with the default buffering of a second.</summary>
public sealed class SampleExtensionTests
{
    const int Invocations = 3;
    const int LinesEach = 5;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Timeout = Limit.Milliseconds)]
    [InlineData("bash/telemetry-printer")]
    [InlineData("bash/telemetry-printer", "OVER_TCP")]
    [InlineData("bash/telemetry-printer", "USE_LOGS_API")]
    [InlineData("bash/telemetry-printer", "USE_LOGS_API", "OVER_TCP")]
    [InlineData("node/telemetry-collector")]
    [InlineData("node/telemetry-collector", "OVER_TCP")]
    [InlineData("node/telemetry-collector", "USE_LOGS_API")]
    [InlineData("node/telemetry-collector", "USE_LOGS_API", "OVER_TCP")]
    [InlineData("dotnet/dotnet-collector")]
    [InlineData("dotnet/dotnet-collector", "OVER_TCP")]
    [InlineData("dotnet/dotnet-collector", "USE_LOGS_API")]
    [InlineData("dotnet/dotnet-collector", "USE_LOGS_API", "OVER_TCP")]
    [InlineData("python/logs-collector", "TELEMETRY_API")]
    [InlineData("python/logs-collector", "TELEMETRY_API", "OVER_TCP")]
    [InlineData("python/logs-collector")]
    [InlineData("python/logs-collector", "OVER_TCP")]
    public async Task An_extension_gets_all_lines_of_the_function(string extension, params string[] variables)
    {
        var options = Some.Options(FunctionSource.InProcess(Say)) with
        {
            Extensions = [PathOf(extension)],
            Environment = variables.ToDictionary(v => v, _ => "1"),

            // Not about memory: .NET and Node.js alone need much of 128 MB.
            MemoryMb = 1024,
        };
        await using var lambda = await EmulatedLambda.StartAsync(options, Cancel);
        Assert.SkipUnless(lambda.Shared is null, lambda.Shared ?? "");
        for (var i = 0; i < Invocations; i++)
            Assert.Null((await lambda.InvokeToEndAsync(cancel: Cancel)).FunctionError);
        await lambda.ShutdownAsync(Cancel);

        var lines = lambda.Transcript.Extension(Path.GetFileName(extension)).Lines;
        var expected = Enumerable.Range(1, Invocations).SelectMany(n => Enumerable.Range(1, LinesEach).Select(l => $"line {l} of {n}!"));
        Assert.All(expected, e => Assert.Single(lines, line => line.Contains(e)));
        Assert.Equal(0, lambda.Transcript.Extension(Path.GetFileName(extension)).ExitCode);
    }

    static Task<string> Say(InvocationContext invocation)
    {
        for (var i = 1; i <= LinesEach; i++)
            invocation.Log($"line {i} of {invocation.Number}!");
        return Task.FromResult("{}");
    }

    static string PathOf(string extension) => extension.StartsWith("dotnet/", StringComparison.Ordinal)
        ? Path.Combine(AppContext.BaseDirectory, Path.GetFileName(extension))
        : Path.Combine(Repository.Root, "samples", "extensions", extension);
}
