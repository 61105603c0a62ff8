using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Sandbox;

public sealed class SandboxEnvironmentTests
{
    [Theory]
    [InlineData("_HANDLER")]
    [InlineData("_X_AMZN_TRACE_ID")]
    [InlineData("_CUSTOMERS_OWN")]
    [InlineData("LAMBDA_TASK_ROOT")]
    [InlineData("LAMBDA_RUNTIME_DIR")]
    [InlineData("AWS_EXECUTION_ENV")]
    [InlineData("AWS_LAMBDA_LOG_GROUP_NAME")]
    [InlineData("AWS_LAMBDA_LOG_STREAM_NAME")]
    [InlineData("AWS_XRAY_DAEMON_ADDRESS")]
    [InlineData("AWS_XRAY_CONTEXT_MISSING")]
    [InlineData("AWS_LAMBDA_MAX_CONCURRENCY")]
    [InlineData("HOME")]
    public void An_extension_does_not_see(string name) =>
        Assert.DoesNotContain(name, Of(new() { ["_CUSTOMERS_OWN"] = "x" }).ForExtension());

    [Fact]
    public void An_extension_sees_the_platforms_and_the_customers_variables()
    {
        var all = Of(new() { ["HTTP_ENDPOINT"] = "http://x" }).ForExtension();
        Assert.Equal("http://x", all["HTTP_ENDPOINT"]);
        Assert.Equal("127.0.0.1:9001", all["AWS_LAMBDA_RUNTIME_API"]);
        Assert.Equal("512", all["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]);
        Assert.Equal("on-demand", all["AWS_LAMBDA_INITIALIZATION_TYPE"]);
        Assert.Equal("Text", all["AWS_LAMBDA_LOG_FORMAT"]);
        Assert.Equal(":UTC", all["TZ"]);
        Assert.EndsWith(":/host/bin", all["PATH"], StringComparison.Ordinal);
        Assert.Contains("AWS_SESSION_TOKEN", all);
    }

    [Fact]
    public void The_runtime_sees_more()
    {
        var all = Of([]).ForRuntime("/var/task");
        Assert.Equal(("index.handler", "/var/task"), (all["_HANDLER"], all["LAMBDA_TASK_ROOT"]));
        Assert.Contains("AWS_LAMBDA_LOG_STREAM_NAME", all);
    }

    [Fact]
    public void A_snapshot_holds_no_keys()
    {
        var all = Of([], InitializationType.SnapStart).ForExtension();
        Assert.DoesNotContain("AWS_SECRET_ACCESS_KEY", all);
        Assert.Equal("http://127.0.0.1:9001/2021-04-23/credentials", all["AWS_CONTAINER_CREDENTIALS_FULL_URI"]);
    }

    static SandboxEnvironment Of(Dictionary<string, string> customers, InitializationType type = InitializationType.OnDemand) => new(
        Some.Options() with { Environment = customers },
        new FunctionIdentity { MemoryMb = 512, Initialization = type },
        "127.0.0.1:9001",
        "/host/bin");
}
