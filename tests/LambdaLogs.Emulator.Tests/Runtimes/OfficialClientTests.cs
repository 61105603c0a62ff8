using LambdaLogs.Emulator.Runtimes;
using LambdaLogs.Emulator.Tests.Support;

namespace LambdaLogs.Emulator.Tests.Runtimes;

/// <summary>How AWS's own clients of the Runtime API are started: as their documents and start scripts have it.</summary>
public sealed class OfficialClientTests : IDisposable
{
    static readonly RuntimeRoots Roots = new("/var/task", "/var/runtime");

    readonly TempFiles _files = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    string Folder => Path.Combine(_files.Root, "function");

    public OfficialClientTests() => Directory.CreateDirectory(Folder);

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Python_runs_the_client_that_the_function_brings()
    {
        Assert.Equal("python3 /var/runtime/client.py", Command("python3.12", "app.handler", "python3"));
        _files.Write("function/awslambdaric/__main__.py", "");
        Assert.Equal("python3 -m awslambdaric app.handler", Command("python3.12", "app.handler", "python3"));
    }

    [Theory]
    [InlineData("node_modules/aws-lambda-ric/index.mjs")]
    [InlineData("node_modules/aws-lambda-ric/bin/index.mjs")]
    public void Node_runs_the_client_that_the_function_brings(string client)
    {
        Assert.Equal("node /var/runtime/client.mjs", Command("nodejs22.x", "app.handler", "node"));
        _files.Write($"function/{client}", "");
        Assert.Equal($"node /var/task/{client} app.handler", Command("nodejs22.x", "app.handler", "node"));
    }

    [Fact]
    public void Ruby_runs_the_gems_program_with_the_gems_of_layers()
    {
        var gem = _files.Write("bin/aws_lambda_ric", "");
        var runtime = new ManagedRuntime("ruby3.3", "app.handler");
        Assert.Equal([gem, "app.handler"], runtime.Command("ruby", Folder, Roots, Path.GetDirectoryName(gem)!));
        Assert.Contains(("GEM_PATH", "/var/task/vendor/bundle/ruby/3.3.0:/opt/ruby/gems/3.3.0"), runtime.Variables());
        Assert.DoesNotContain(new ManagedRuntime("ruby", "app.handler").Variables(), v => v.Name == "GEM_PATH");
    }

    [Fact]
    public void Java_has_classes_jars_and_the_jars_of_layers_on_its_path() => Assert.Equal(
        "java -cp /var/task:/var/task/*:/var/task/lib/*:/opt/java/lib/* com.amazonaws.services.lambda.runtime.api.client.AWSLambda a.B::c",
        Command("java21", "a.B::c", "java"));

    [Fact]
    public void Dotnet_loads_a_handler_in_the_context_of_its_assembly()
    {
        const string start = "dotnet exec --depsfile /var/task/App.deps.json --runtimeconfig /var/task/";
        const string end = "/var/task/Amazon.Lambda.RuntimeSupport.dll App::App.Function::Handle";
        Assert.Equal($"{start}App.runtimeconfig.json {end}", Command("dotnet8", "App::App.Function::Handle", "dotnet"));

        // The type is in a library, and the only description is that of the program.
        _files.Write("function/Main.runtimeconfig.json", "{}");
        Assert.Equal($"{start}Main.runtimeconfig.json {end}", Command("dotnet8", "App::App.Function::Handle", "dotnet"));
    }

    [Fact]
    public void Dotnet_runs_an_assembly_or_an_executable_that_has_the_client()
    {
        _files.Write("function/App.dll", "");
        _files.Write("function/Native", "");
        Assert.Equal("dotnet exec /var/task/App.dll", Command("dotnet8", "App", "dotnet"));
        Assert.Equal("dotnet exec /var/task/App.dll", Command("dotnet8", "App.dll", "dotnet"));
        Assert.Equal("/var/task/Native", Command("dotnet8", "Native", "dotnet"));
    }

    [Theory]
    [InlineData("python3.12", "python:3.12.v1")]
    [InlineData("nodejs22.x", "nodejs:22.v1")]
    [InlineData("java21", "java:21.v1")]
    [InlineData("dotnet8", "dotnet:8.v1")]
    [InlineData("provided.al2023", "provided:al2023.v1")]
    [InlineData("python3", null)]
    [InlineData("ruby", null)]
    public void The_version_is_reported_in_telemetry(string runtime, string? version) =>
        Assert.Equal(version, new ManagedRuntime(runtime, "app.handler").Version);

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_wrapper_of_a_layer_starts_the_runtime()
    {
        _files.Write("function/app.py", "import os\n\ndef handler(event, context):\n    return os.environ.get('WRAPPED')\n", 0x1A4);
        _files.Write("layer/wrap", "#!/bin/sh\nexport WRAPPED=by-a-layer\nexec \"$@\"\n");
        await using var lambda = await EmulatedLambda.StartAsync(
            Some.Options(FunctionSource.Managed(Folder, "python3", "app.handler")) with
            {
                Handler = "app.handler",
                Layers = [Path.Combine(_files.Root, "layer")],
                Environment = new Dictionary<string, string> { ["AWS_LAMBDA_EXEC_WRAPPER"] = "/opt/wrap" },
            },
            Cancel);
        Assert.SkipUnless(lambda.Shared is null, lambda.Shared ?? "");
        Assert.Equal("\"by-a-layer\"", (await lambda.InvokeToEndAsync(cancel: Cancel)).PayloadText);
    }

    /// <summary>A program that has the part of the client, and says with what it was started.</summary>
    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Ruby_starts_in_the_functions_directory_with_the_handler_and_the_log_descriptor()
    {
        _files.Write("bin/ruby", "#!/bin/sh\n");
        _files.Write("bin/aws_lambda_ric", """
            #!/bin/bash
            api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
            while id=$(curl -s -D - -o /dev/null $api/next | tr -d '\r' | awk 'tolower($1)=="lambda-runtime-aws-request-id:"{print $2}'); do
                curl -s -d "\"$PWD $* $_LAMBDA_TELEMETRY_LOG_FD $AWS_EXECUTION_ENV $_HANDLER\"" $api/$id/response >/dev/null
            done
            """);
        await using var lambda = await EmulatedLambda.StartAsync(
            Some.Options(FunctionSource.Managed(Folder, "ruby3.3", "app.handler")) with
            {
                HostPath = $"{_files.Root}/bin:{Environment.GetEnvironmentVariable("PATH")}",
                Environment = new Dictionary<string, string> { ["SHOWN"] = $"{_files.Root}/bin" },
            },
            Cancel);
        Assert.SkipUnless(lambda.Shared is null, lambda.Shared ?? "");
        var result = await lambda.InvokeToEndAsync(cancel: Cancel);
        Assert.Equal("\"/var/task app.handler 3 AWS_Lambda_ruby3.3 app.handler\"", result.PayloadText);
    }

    string Command(string runtime, string handler, string interpreter) =>
        string.Join(' ', new ManagedRuntime(runtime, handler).Command(interpreter, Folder, Roots, "/usr/bin"));
}
