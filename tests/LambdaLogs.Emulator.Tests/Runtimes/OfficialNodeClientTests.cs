using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Runtimes;

/// <summary>
/// AWS's client for Node.js as npm has it, run by the emulator because the function brings it. Its part in C++, which makes the HTTP calls
/// and takes minutes to compile, is replaced by one that makes them with curl.
/// </summary>
[Collection(nameof(Alone))]
public sealed class OfficialNodeClientTests : IDisposable
{
    const int Patience = 600_000;
    const string Version = "4.0.2";

    const string CallsByCurl = """
        const { execFile, execFileSync } = require('node:child_process');
        const base = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;
        const post = (path, body, ...headers) =>
          execFileSync('curl', ['-s', '-X', 'POST', ...headers.flatMap(h => ['-H', h]), '--data-binary', '@-', `${base}/${path}`], { input: body });
        exports.next = () => new Promise((resolve, reject) => execFile('curl', ['-s', '-D', '-', `${base}/next`], (problem, out) => {
          if (problem) return reject(problem);
          const end = out.indexOf('\r\n\r\n');
          const headers = out.slice(0, end).split('\r\n').slice(1).map(line => line.split(/: (.*)/s)).map(([n, v]) => [n.toLowerCase(), v]);
          resolve({ bodyJson: out.slice(end + 4), headers: Object.fromEntries(headers) });
        }));
        exports.done = (id, body) => post(`${id}/response`, body, 'Content-Type: application/json');
        exports.error = (id, body) => post(`${id}/error`, body, `Lambda-Runtime-Function-Error-Type: ${JSON.parse(body).errorType}`);
        """;

    const string Handler = """
        exports.handler = async (event, context) => {
          console.info('first\nsecond');
          if (event.fail) throw new TypeError('it was asked to fail');
          return { id: context.awsRequestId, name: context.functionName, left: context.getRemainingTimeInMillis() > 0 };
        };
        """;

    readonly TempFiles _files = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact(Timeout = Patience)]
    public async Task A_handler_is_loaded_by_it_in_both_log_formats()
    {
        Assert.SkipWhen(Tool.Find("npm") is null, "npm is not installed: https://nodejs.org/en/download");
        _files.Write("function/package.json", """{"private":true}""", 0x1A4);
        _files.Write("function/app.js", Handler, 0x1A4);
        var function = Path.Combine(_files.Root, "function");
        var (installed, _, why) = await Tool.RunAsync(
            "npm", ["install", "--prefix", function, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", $"aws-lambda-ric@{Version}"]);
        Assert.SkipWhen(installed != 0, $"AWS's client cannot be installed: {why}");
        const string compiled = "function/node_modules/aws-lambda-ric/rapid-client.node";
        _files.Write($"{compiled}/package.json", """{"type":"commonjs"}""", 0x1A4);
        _files.Write($"{compiled}/index.js", CallsByCurl, 0x1A4);

        foreach (var format in (LogFormat[])[LogFormat.Text, LogFormat.Json])
            await RunAsync(function, format);
    }

    static async Task RunAsync(string function, LogFormat format)
    {
        var options = Some.Options(FunctionSource.Managed(function, "nodejs22.x", "app.handler")) with
        {
            Handler = "app.handler",
            FunctionName = "checkout",
            MemoryMb = 512,
            LogFormat = format,
        };
        await using var lambda = await EmulatedLambda.StartAsync(options, Cancel);
        var result = await lambda.InvokeToEndAsync(cancel: Cancel);
        Assert.Equal($$"""{"id":"{{result.RequestId}}","name":"checkout","left":true}""", result.PayloadText);
        var record = Assert.Single(result.Lines, line => line.Contains("second"));
        Assert.Matches(
            format is LogFormat.Json ? "\"level\":\"INFO\",.*\"message\":\"first\\\\nsecond\"" : "\tINFO\tfirst\nsecond$", record);

        var failed = await lambda.InvokeToEndAsync("""{"fail":true}""", Cancel);
        Assert.Equal("Unhandled", failed.FunctionError);
        Assert.Contains("\"errorType\":\"TypeError\",\"errorMessage\":\"it was asked to fail\"", failed.PayloadText, StringComparison.Ordinal);
        Assert.Null((await lambda.InvokeToEndAsync(cancel: Cancel)).FunctionError);
    }
}
