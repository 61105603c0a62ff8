using LambdaLogs.Emulator.Runtimes;
using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Runtimes;

/// <summary>Handlers of ordinary projects, by our own clients. A test is skipped where its interpreter is not installed.</summary>
public sealed class ManagedRuntimeTests : IDisposable
{
    const string Python = """
        import logging
        logging.getLogger().setLevel(logging.INFO)

        def handler(event, context):
            print("printed")
            logging.info("first\nsecond", extra={"order": 7})
            if event.get("fail"):
                raise ValueError("it was asked to fail")
            left = context.get_remaining_time_in_millis()
            return {"id": context.aws_request_id, "memory": context.memory_limit_in_mb, "left": left > 0}
        """;

    const string Node = """
        exports.handler = async (event, context) => {
          process.stdout.write('printed\n');
          console.info('first\nsecond');
          if (event.fail) throw new TypeError('it was asked to fail');
          return { id: context.awsRequestId, memory: context.memoryLimitInMB, left: context.getRemainingTimeInMillis() > 0 };
        };
        exports.called = (event, context, callback) => setTimeout(() => callback(null, 'called back'), 1);
        """;

    readonly TempFiles _files = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Theory(Timeout = Limit.Milliseconds)]
    [InlineData("python3", "app.py", Python)]
    [InlineData("nodejs", "app.js", Node)]
    public async Task A_handler_gets_its_context_and_its_records_stay_whole(string runtime, string file, string code)
    {
        await using var lambda = await StartAsync(runtime, file, code);
        var result = await lambda.InvokeToEndAsync(cancel: Cancel);

        Assert.Equal($$"""{"id":"{{result.RequestId}}","memory":"256","left":true}""", result.PayloadText.Replace(" ", ""));
        Assert.Contains("printed", result.Lines);
        var record = Assert.Single(result.Lines, l => l.Contains("second"));
        Assert.Matches($"(?s)\t?{result.RequestId}\t(INFO\t)?first\nsecond$", record);
    }

    [Theory(Timeout = Limit.Milliseconds)]
    [InlineData("python3", "app.py", Python, "ValueError")]
    [InlineData("nodejs", "app.js", Node, "TypeError")]
    public async Task An_error_of_the_handler_is_an_object_and_the_next_invocation_succeeds(
        string runtime, string file, string code, string type)
    {
        await using var lambda = await StartAsync(runtime, file, code);
        var failed = await lambda.InvokeToEndAsync("""{"fail":true}""", Cancel);
        Assert.Equal("Unhandled", failed.FunctionError);
        Assert.Contains($"\"errorType\":\"{type}\"", failed.PayloadText.Replace(" ", ""), StringComparison.Ordinal);
        Assert.Contains("it was asked to fail", failed.PayloadText, StringComparison.Ordinal);
        Assert.Contains(failed.Lines, l => l.Contains(type) && l.Contains("it was asked to fail"));
        Assert.Null((await lambda.InvokeToEndAsync(cancel: Cancel)).FunctionError);
    }

    [Theory(Timeout = Limit.Milliseconds)]
    [InlineData("python3", "app.py", Python, "\"level\":\"INFO\",\"message\":\"first\\\\nsecond\",\"logger\":\"root\"")]
    [InlineData("nodejs", "app.js", Node, "\"level\":\"INFO\",\"requestId\":\"[0-9a-f-]+\",\"message\":\"first\\\\nsecond\"")]
    public async Task In_the_json_format_records_are_objects(string runtime, string file, string code, string members)
    {
        await using var lambda = await StartAsync(runtime, file, code, o => o with { LogFormat = LogFormat.Json });
        var result = await lambda.InvokeToEndAsync(cancel: Cancel);
        Assert.Matches(members, Assert.Single(result.Lines, l => l.Contains("second")).Replace("\": ", "\":").Replace(", \"", ",\""));
    }

    [Theory(Timeout = Limit.Milliseconds)]
    [InlineData("python3", "app.py", "import no_such_module\n", "Runtime.ImportModuleError")]
    [InlineData("python3", "app.py", "x = 1\n", "Runtime.HandlerNotFound")]
    [InlineData("python3", "app.py", "def handler(:\n", "Runtime.UserCodeSyntaxError")]
    [InlineData("nodejs", "app.js", "exports.other = 1;", "Runtime.HandlerNotFound")]
    [InlineData("nodejs", "app.js", "exports.handler = (;", "Runtime.UserCodeSyntaxError")]
    [InlineData("nodejs", "other.js", "", "Runtime.ImportModuleError")]
    public async Task A_handler_that_cannot_be_loaded_fails_init(string runtime, string file, string code, string errorType)
    {
        await using var lambda = await StartAsync(runtime, file, code);
        var result = await lambda.InvokeToEndAsync(cancel: Cancel);
        Assert.Contains($"\"errorType\":\"{errorType}\"", result.PayloadText, StringComparison.Ordinal);
        Assert.Contains(errorType, lambda.Texts(TranscriptKind.ErrorReported));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_node_handler_may_call_back()
    {
        await using var lambda = await StartAsync("nodejs", "app.js", Node, handler: "app.called");
        Assert.Equal("\"called back\"", (await lambda.InvokeToEndAsync(cancel: Cancel)).PayloadText);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_python_handler_with_SnapStart_runs_its_hooks_around_the_snapshot()
    {
        const string code = """
            from snapshot_restore_py import register_after_restore, register_before_snapshot

            @register_before_snapshot
            def last():
                print("before, registered first")

            register_before_snapshot(print, "before, registered last")
            register_after_restore(print, "after")

            def handler(event, context):
                print("handled")
            """;
        await using var lambda = await StartAsync("python3", "app.py", code, o => o with { Initialization = InitializationType.SnapStart });
        Assert.Equal(["before, registered last", "before, registered first"], lambda.Texts(TranscriptKind.Line));
        await lambda.InvokeToEndAsync(cancel: Cancel);
        Assert.Equal(["after", "handled"], lambda.Texts(TranscriptKind.Line).Skip(2));
        Assert.Equal(["Init", "Ready", "Restore", "Invoke", "Ready"], lambda.Phases());
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_python_hook_that_fails_after_the_restore_fails_the_invocation()
    {
        const string code = """
            from snapshot_restore_py import register_after_restore

            @register_after_restore
            def connect():
                raise OSError("no socket")

            def handler(event, context):
                return 1
            """;
        await using var lambda = await StartAsync("python3", "app.py", code, o => o with { Initialization = InitializationType.SnapStart });
        Assert.Contains("no socket", (await lambda.InvokeToEndAsync(cancel: Cancel)).PayloadText, StringComparison.Ordinal);
        Assert.Contains("Runtime.AfterRestoreError", lambda.Texts(TranscriptKind.ErrorReported));
    }

    [Fact]
    public void A_shim_of_a_version_manager_for_a_version_that_is_not_selected_is_skipped()
    {
        _files.Write("shims/python3.12", "#!/bin/sh\necho 'python3.12: command not found' >&2\nexit 127\n");
        var selected = _files.Write("shims/python3", "#!/bin/sh\necho Python 3.12.1\n");
        Assert.Equal(selected, new ManagedRuntime("python3.12", "a.b").Interpreter(Path.Combine(_files.Root, "shims")));
    }

    [Fact]
    public void What_is_missing_is_reported_before_anything_is_started()
    {
        var path = Environment.GetEnvironmentVariable("PATH")!;
        Assert.Contains("expected one of python", new ManagedRuntime("cobol", "a.b").Validate(_files.Root, path));
        Assert.Contains("expected file.function", new ManagedRuntime("python3", "app").Validate(_files.Root, path));
        Assert.Contains("ruby is not installed", new ManagedRuntime("ruby3.3", "a.b").Validate(_files.Root, "/nowhere"));
        Assert.Contains("Amazon.Lambda.RuntimeSupport", new ManagedRuntime("dotnet8", "A::B::C").Validate(_files.Root, path));
    }

    async Task<EmulatedLambda> StartAsync(
        string runtime, string file, string code, Func<SandboxOptions, SandboxOptions>? change = null, string handler = "app.handler")
    {
        var path = Environment.GetEnvironmentVariable("PATH")!;
        Assert.SkipWhen(new ManagedRuntime(runtime, handler).Interpreter(path) is null, $"{runtime} is not installed");
        _files.Write($"function/{file}", code, 0x1A4);
        var options = Some.Options(FunctionSource.Managed(Path.Combine(_files.Root, "function"), runtime, handler)) with
        {
            MemoryMb = 256,
            Timeout = Limit.Wait,
            Handler = handler,
        };
        return await EmulatedLambda.StartAsync(change?.Invoke(options) ?? options, Cancel);
    }
}
