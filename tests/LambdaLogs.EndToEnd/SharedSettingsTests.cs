using System.Text;
using LambdaLogs.Emulator;
using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.EndToEnd;

/// <summary>Settings for many functions, in Systems Manager and S3, with the layer as it ships.</summary>
public sealed class SharedSettingsTests
{
    [Theory]
    [InlineData(SettingsStores.ParameterArn)]
    [InlineData(SettingsStores.ObjectArn)]
    public async Task Settings_are_read_after_the_start_and_no_line_is_lost(string arn)
    {
        await using var stores = new SettingsStores();
        await using var scene = await StartAsync(stores, arn, "HTTP_HEADERS=X-Team=pay\nLOGS_FIELDS=team=pay\nLOGS_REDACT=email\n", own: new() { ["LOGS_FIELDS"] = "team=own" });
        await scene.InvokeAsync();
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        Assert.True(Delivered.Lines(scene.Destination) is ["hello ***", "hello ***"], scene.Story());
        Assert.All(scene.Destination.Requests, r => Assert.Equal("pay", r.Header("X-Team")));
        Assert.All(scene.Destination.Requests, r => Assert.Contains("\"team\":\"own\"", r.Text, StringComparison.Ordinal));
        Assert.Equal(1, stores.Asked);
        Assert.Equal(0, summary.Dropped);
        Assert.DoesNotContain(scene.OwnLines, l => l.Contains("LOGS_CONFIG", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Streams_that_the_settings_do_not_want_are_left_out()
    {
        await using var stores = new SettingsStores();
        await using var scene = await StartAsync(stores, SettingsStores.ParameterArn, "LOGS_TYPES=platform\n");
        await scene.InvokeAsync();
        await scene.EndAsync();

        var records = Delivered.Records(scene.Destination);
        Assert.Contains(records, r => r.LogType == "platform.report");
        Assert.DoesNotContain(records, r => r.LogType is "function" or "extension");
    }

    [Fact]
    public async Task A_process_that_starts_again_has_them_at_once()
    {
        await using var stores = new SettingsStores();
        await using var scene = await StartAsync(
            stores,
            SettingsStores.ObjectArn,
            "LOGS_REDACT=email\nLOGS_EXTENSION_LOG_LEVEL=info\n",
            function: invocation =>
            {
                invocation.Log("hello jo@example.com");
                if (invocation.Number == 1)
                    InvocationContext.Crash(1);
                return Task.FromResult("{}");
            });
        await scene.InvokeAsync();
        await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.Equal(2, scene.Extension.Starts);
        Assert.True(Delivered.Lines(scene.Destination) is ["hello ***", "hello ***"], scene.Story());
        Assert.Equal(1, stores.Asked);
    }

    [Fact]
    public async Task Records_wait_while_the_settings_cannot_be_read_which_is_said_once()
    {
        await using var stores = new SettingsStores { Instead = Response.WithStatus(503), InsteadFor = 2 };
        await using var scene = await StartAsync(stores, SettingsStores.ObjectArn, "LOGS_REDACT=email\n");
        for (var invocation = 0; invocation < 100 && Delivered.Lines(scene.Destination).Count == 0; invocation++)
            await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.True(stores.Asked == 3, scene.Story());
        Assert.NotEmpty(Delivered.Lines(scene.Destination));
        Assert.All(Delivered.Lines(scene.Destination), line => Assert.Equal("hello ***", line));
        var line = Assert.Single(scene.OwnLines, l => l.Contains("LOGS_CONFIG", StringComparison.Ordinal));
        Assert.Equal($"[EXTENSION] WARN LOGS_CONFIG: {SettingsStores.ObjectArn} cannot be read: status 503; they are read again, and records wait", line);
    }

    [Fact]
    public async Task What_is_denied_is_one_line_and_the_functions_own_variables_are_used()
    {
        await using var stores = new SettingsStores
        {
            Instead = Response.WithStatus(400) with { Body = Encoding.UTF8.GetBytes("""{"__type":"AccessDeniedException","Message":"not authorized to perform: ssm:GetParameter on it"}""") },
        };
        await using var scene = await StartAsync(stores, SettingsStores.ParameterArn, "LOGS_REDACT=email");
        await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.True(Delivered.Lines(scene.Destination) is ["hello jo@example.com"], scene.Story());
        var line = Assert.Single(scene.OwnLines, l => l.Contains("LOGS_CONFIG", StringComparison.Ordinal));
        Assert.EndsWith("; the function's own variables alone are used", line);
        Assert.Contains("the function's role lacks the permission ssm:GetParameter", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_settings_and_without_an_endpoint_the_function_is_not_affected()
    {
        await using var stores = new SettingsStores { Instead = Response.WithStatus(404) };
        await using var scene = await StartAsync(stores, SettingsStores.ObjectArn, "", withEndpoint: false);
        for (var invocation = 0; invocation < 2; invocation++)
            Assert.Null((await scene.InvokeAsync()).FunctionError);
        await scene.Lambda.ShutdownAsync(Scene.Cancel);

        Assert.Equal(0, scene.Extension.ExitCode);
        scene.HasLogged("no logs are forwarded until the configuration is corrected; the function is not affected");
    }

    [Fact]
    public async Task An_endpoint_may_come_with_the_settings_and_no_secret_of_theirs_is_shown()
    {
        await using var stores = new SettingsStores();
        await using var scene = await StartAsync(stores, SettingsStores.ParameterArn, "", withEndpoint: false, late: destination =>
            stores.Text = $"HTTP_ENDPOINT={destination.Endpoint}logs\nHTTP_AUTH_TYPE=bearer\nHTTP_AUTH_CREDENTIALS=s3cr3t\nLOGS_FORMATT=x\nFOO=s3cr3t\nwrong s3cr3t\n");
        await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.Single(Delivered.Lines(scene.Destination));
        Assert.All(scene.Destination.Requests, r => Assert.Equal("Bearer s3cr3t", r.Header("Authorization")));
        scene.HasLogged("LOGS_FORMATT is not a setting; did you mean LOGS_FORMAT?");
        scene.HasLogged("FOO is left out");
        scene.HasLogged("line 6 is left out");
        Assert.DoesNotContain(scene.OwnLines, l => l.Contains("s3cr3t", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("endless", "is longer than 64KB")]
    [InlineData("binary", "is no text in UTF-8")]
    [InlineData("dripping", null)]
    [InlineData("reset", null)]
    public async Task What_is_no_text_with_settings_harms_nothing(string kind, string? told)
    {
        await using var stores = new SettingsStores
        {
            Bytes = kind == "endless" ? new byte[4 * 1024 * 1024] : [0xFF, 0xFE, 0x00, 0x41],
            Instead = kind switch
            {
                "dripping" => Response.ByteByByte(TimeSpan.FromSeconds(1)) with { Body = new byte[100] },
                "reset" => Response.Reset,
                _ => null,
            },
        };
        await using var scene = await StartAsync(stores, SettingsStores.ObjectArn, "");
        for (var invocation = 0; invocation < 3; invocation++)
            Assert.Null((await scene.InvokeAsync()).FunctionError);
        await scene.Lambda.ShutdownAsync(Scene.Cancel);

        Assert.Equal(0, scene.Extension.ExitCode);
        if (told is null)
            return;

        scene.HasLogged(told);
        Assert.Equal(3, Delivered.Lines(scene.Destination).Count);
    }

    [Fact]
    public async Task The_check_shows_them()
    {
        using var shipped = new Shipped();
        await using var stores = new SettingsStores { Text = "LOGS_FORMAT=ndjson\nLOGS_REDACT=email\n" };
        await using var endpoint = ScriptedDestination.Start();
        var (exitCode, output) = await shipped.RunAsync(
            "--check",
            ("HTTP_ENDPOINT", endpoint.Endpoint + "logs"),
            ("LOGS_CONFIG", SettingsStores.ParameterArn),
            ("AWS_ENDPOINT_URL", stores.Url),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
            ("AWS_SECRET_ACCESS_KEY", "s3cr3t"));

        Assert.True(exitCode == 0, output);
        Assert.Matches(@"LOGS_FORMAT +ndjson +.*LOGS_CONFIG", output);
        Assert.DoesNotContain("s3cr3t", output, StringComparison.Ordinal);
    }

    static Task<Scene> StartAsync(
        SettingsStores stores,
        string arn,
        string settings,
        Func<InvocationContext, Task<string>>? function = null,
        bool withEndpoint = true,
        Dictionary<string, string>? own = null,
        Action<ScriptedDestination>? late = null)
    {
        stores.Text = settings;
        return Scene.StartAsync(
            function ?? Functions.Say("hello jo@example.com"),
            new Dictionary<string, string>(own ?? []) { ["LOGS_CONFIG"] = arn, ["AWS_ENDPOINT_URL"] = stores.Url },
            configure: (variables, destination) =>
            {
                late?.Invoke(destination);
                if (!withEndpoint)
                    variables.Remove("HTTP_ENDPOINT");
            });
    }
}
