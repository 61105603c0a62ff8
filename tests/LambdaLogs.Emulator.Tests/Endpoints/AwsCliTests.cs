using LambdaLogs.Emulator.Tests.Support;

namespace LambdaLogs.Emulator.Tests.Endpoints;

/// <summary>The real AWS CLI invokes the function, unchanged but for the endpoint.</summary>
public sealed class AwsCliTests(AwsCli cli) : IClassFixture<AwsCli>
{
    // The CLI is a large Python program: on a busy machine it takes seconds to start.
    const int CliMilliseconds = 300_000;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = CliMilliseconds)]
    public async Task The_aws_cli_invokes_and_gets_response_version_and_log_tail()
    {
        await using var lambda = await EmulatedLambda.StartAsync(Some.Options(), Cancel);
        using var files = new TempFiles();
        var (code, output, error) = await InvokeAsync(lambda, files, "--log-type", "Tail");

        Assert.True(code == 0, error);
        Assert.Equal("""{"ok":true}""", await File.ReadAllTextAsync(Path.Combine(files.Root, "out"), Cancel));
        Assert.Contains("\"StatusCode\": 200", output, StringComparison.Ordinal);
        Assert.Contains("\"ExecutedVersion\": \"$LATEST\"", output, StringComparison.Ordinal);
        Assert.Contains("\"LogResult\": \"", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = CliMilliseconds)]
    public async Task The_aws_cli_sees_a_function_error()
    {
        await using var lambda = await EmulatedLambda.StartAsync(
            Some.Options(FunctionSource.InProcess(_ => throw new InvalidOperationException("boom"))), Cancel);
        using var files = new TempFiles();
        var (code, output, error) = await InvokeAsync(lambda, files);

        Assert.True(code == 0, error);
        Assert.Contains("\"FunctionError\": \"Unhandled\"", output, StringComparison.Ordinal);
    }

    Task<(int Code, string Output, string Error)> InvokeAsync(EmulatedLambda lambda, TempFiles files, params string[] more)
    {
        Assert.SkipWhen(cli.Path is null, cli.WhyMissing);
        return Tool.RunAsync(
            cli.Path!,
            [
                "lambda", "invoke", "--endpoint-url", lambda.InvokeEndpoint.ToString(), "--function-name", "emulated-function",
                .. more, Path.Combine(files.Root, "out"),
            ],
            ("AWS_ACCESS_KEY_ID", "dummy"),
            ("AWS_SECRET_ACCESS_KEY", "dummy"),
            ("AWS_DEFAULT_REGION", "us-east-1"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("AWS_PAGER", ""),
            ("AWS_CONFIG_FILE", "/dev/null"),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
            ("NO_PROXY", "127.0.0.1"));
    }
}
