using LambdaLogs.Emulator.Sandbox.Isolation;
using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Tests.Sandbox.Isolation;

/// <summary>Sandboxes whose extension says what it finds. Skipped where the kernel does not let this user make namespaces.</summary>
public sealed class SandboxNamespacesTests : IDisposable
{
    readonly TempFiles _files = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Layers_are_merged_at_opt_and_the_function_is_at_var_task()
    {
        var zip = _files.Zip(
            "layer.zip", ("lib/data.txt", "from a layer\n", 0x1A4), ("lib/link", "data.txt", 0xA1FF), ("extensions/first", Look(""), 0x1ED));
        _files.Write("function/bootstrap", TempFiles.Sleeper);
        await using var sandbox = await StartAsync(
            "cat /opt/lib/link; ls /opt/extensions; echo \"$0\"; ls /var/task; touch /opt/x /var/task/x 2>/dev/null || echo read-only",
            o => o with { Layers = [zip], Function = FunctionSource.Directory(Path.Combine(_files.Root, "function")) });

        Assert.Equal(
            ["from a layer", "first", "look", "/opt/extensions/look", "bootstrap", "read-only"], await sandbox.LinesAsync());
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Tmp_is_empty_at_the_start_and_has_the_size_that_was_asked_for()
    {
        await using var sandbox = await StartAsync(
            $"ls -A /tmp | grep -v '^emulator-tests-'; touch {_files.Root}/here /tmp/gone; df -m --output=size /tmp | tail -1",
            o => o with { EphemeralStorageMb = 600 });
        Assert.Equal(["600"], await sandbox.LinesAsync());

        // What the sandbox was given stays where it is; what it makes itself nobody else sees.
        Assert.True(File.Exists(Path.Combine(_files.Root, "here")));
        Assert.False(File.Exists("/tmp/gone"));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task The_names_of_the_sandbox_are_its_loopback_address()
    {
        await using var sandbox = await StartAsync("getent ahostsv4 sandbox.localdomain sandbox | grep STREAM | cut -d' ' -f1");
        Assert.Equal(["127.0.0.1", "127.0.0.1"], await sandbox.LinesAsync());
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Its_processes_see_no_others_and_none_of_them_survives()
    {
        var mark = Guid.NewGuid().ToString();
        await using var sandbox = await StartAsync(
            Detached(mark) + "ls /proc | grep -c '^[0-9]'; readlink /proc/1/exe | xargs basename");
        var lines = await sandbox.LinesAsync();
        Assert.InRange(int.Parse(lines[0]), 2, 12);

        Assert.NotEmpty(Running(mark));
        await sandbox.Lambda.DisposeAsync();
        while (Running(mark).Length > 0)
        {
            await Task.Yield();
            Cancel.ThrowIfCancellationRequested();
        }
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Without_isolation_what_left_its_group_is_killed_too()
    {
        var mark = Guid.NewGuid().ToString();
        var lambda = await EmulatedLambda.CreateAsync(Some.Options() with
        {
            Isolate = false,
            Extensions = [_files.Write("look", Look(Detached(mark)))],
        });
        _ = lambda.BeginAsync(Cancel).ContinueWith(_ => { }, TaskScheduler.Default);
        await lambda.WaitForAsync(e => e.Text == "end", Limit.Wait, cancel: Cancel);
        Assert.NotEmpty(Running(mark));

        await lambda.DisposeAsync();
        while (Running(mark).Length > 0)
        {
            await Task.Yield();
            Cancel.ThrowIfCancellationRequested();
        }
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Lambdas_limits_hold_and_no_descriptor_of_the_emulator_is_inherited()
    {
        // The limit is set right after the start of the process, which can be quicker than that.
        await using var sandbox = await StartAsync("until [ $(ulimit -n) = 1024 ]; do sleep 0.01; done; ulimit -n; ls -m /proc/$$/fd");
        var lines = await sandbox.LinesAsync();
        Assert.Equal("1024", lines[0]);

        // The shell's own script is open beside the three standard ones. No pipe behind `ls`: the shell would have that open too.
        Assert.Matches("^0, 1, 2(, 10|, 255)?$", lines[1]);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Two_sandboxes_with_networks_of_their_own_can_use_the_same_port()
    {
        const string listen =
            "python3 -c 'import socket; s = socket.socket(); s.bind((\"0.0.0.0\", 9099)); print(s.getsockname()[1], flush=True)'";
        await using var first = await StartAsync(listen, o => o with { Network = NetworkMode.None });
        await using var second = await StartAsync(listen, o => o with { Network = NetworkMode.None });
        Assert.Equal(["9099"], await first.LinesAsync());
        Assert.Equal(["9099"], await second.LinesAsync());
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Telemetry_reaches_an_extension_in_a_network_of_its_own()
    {
        await using var lambda = await EmulatedLambda.CreateAsync(
            Some.Options() with { Network = NetworkMode.None, Extensions = [Repository.BashExtension] });
        Assert.SkipUnless(lambda.Shared is null, lambda.Shared ?? "");
        await lambda.BeginAsync(Cancel);
        await lambda.InvokeToEndAsync(cancel: Cancel);
        await lambda.ShutdownAsync(Cancel);
        Assert.Contains(lambda.Transcript.Extension("telemetry-printer").Lines, l => l.Contains("hello 1"));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_ordinary_user_has_lambdas_places_too()
    {
        const string nobody = "65534";
        Assert.SkipUnless(Environment.UserName == "root", "All the other tests run as an ordinary user already.");
        Assert.SkipWhen(Tool.Find("setpriv") is null, "setpriv (util-linux), which makes an ordinary user of root, is not installed.");
        string[] asNobody = [$"--reuid={nobody}", $"--regid={nobody}", "--clear-groups"];
        var (allowed, _, why) = await Tool.RunAsync("setpriv", [.. asNobody, "unshare", "--user", "--map-root-user", "true"]);
        Assert.SkipWhen(allowed != 0, $"The kernel does not let ordinary users make namespaces: {why}");

        // Where anyone can read it, wherever the repository is.
        var program = Directory.CreateDirectory(Path.Combine(_files.Root, "program")).FullName;
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory))
            File.Copy(file, Path.Combine(program, Path.GetFileName(file)));
        _files.ShowToEveryone();
        _files.Write("function/bootstrap", TempFiles.Sleeper);
        var extension = _files.Write("extension/look", """
            #!/bin/bash
            echo "opt: $(cat /opt/lib/data.txt) $(ls /opt/extensions)"
            echo "task: $(ls /var/task)"
            touch /tmp/mine && echo "tmp: $(ls /tmp | grep mine) $(df -m --output=size /tmp | tail -1)"
            echo "names: $(getent ahostsv4 sandbox.localdomain | head -1 | cut -d' ' -f1)"
            """);
        var layer = _files.Zip("layer.zip", ("lib/data.txt", "from a layer", 0x1A4));
        var (_, output, error) = await Tool.RunAsync(
            "setpriv",
            [
                .. asNobody, Path.Combine(program, "lambda-emulator"), "run", "--function", Path.Combine(_files.Root, "function"),
                "--extension", extension, "--layer", layer, "--invoke", "1",
            ],
            ("HOME", "/nonexistent"));

        Assert.Equal("", error);
        foreach (var line in (string[])["opt: from a layer look", "task: bootstrap", "tmp: mine +512", "names: 127.0.0.1"])
            Assert.Matches($"\\| {line}\n", output);
        Assert.False(File.Exists("/tmp/mine"));
    }

    [Fact]
    public void What_the_sandbox_hides_is_shown_with_what_lies_beside_it()
    {
        var file = _files.Write("folder/tool", "");
        Assert.Equal(Path.GetDirectoryName(file), MountPlan.PathToKeepVisible(file));
        Assert.Equal("/tmp/tool", MountPlan.PathToKeepVisible("/tmp/tool"));
        Assert.Null(MountPlan.PathToKeepVisible("/usr/bin/env"));
        Assert.Null(MountPlan.PathToKeepVisible("/tmp"));
    }

    /// <summary>Starts a process that leaves its group and session, and goes on once that runs.</summary>
    string Detached(string mark) =>
        $"setsid bash -c 'touch {_files.Root}/{mark}; exec -a {mark} sleep 1000' &\nuntil [ -e {_files.Root}/{mark} ]; do sleep 0.01; done\n";

    static string Look(string script) => $"#!/bin/bash\n{script}\necho end\nexec sleep 1000\n";

    static string[] Running(string mark) =>
        [.. Directory.GetDirectories("/proc").Where(d => Read($"{d}/cmdline").Contains(mark, StringComparison.Ordinal))];

    static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    async Task<Looking> StartAsync(string script, Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var options = Some.Options() with { Extensions = [_files.Write("look", Look(script))] };
        var lambda = await EmulatedLambda.CreateAsync(change is null ? options : change(options));
        if (lambda.Shared is { } shared)
        {
            await lambda.DisposeAsync();
            Assert.Skip(shared);
        }

        _ = lambda.BeginAsync(Cancel).ContinueWith(_ => { }, TaskScheduler.Default);
        return new Looking(lambda);
    }

    /// <summary>A sandbox in Init, whose extension <c>look</c> writes what it finds and then <c>end</c>.</summary>
    sealed class Looking(EmulatedLambda lambda) : IAsyncDisposable
    {
        public EmulatedLambda Lambda => lambda;

        public async Task<IReadOnlyList<string>> LinesAsync()
        {
            await lambda.WaitForAsync(e => e is { Kind: TranscriptKind.Line, Source: "look", Text: "end" }, Limit.Wait, cancel: Cancel);
            return [.. lambda.Texts(TranscriptKind.Line, "look").Where(l => l != "end").Select(l => l.Trim())];
        }

        public ValueTask DisposeAsync() => lambda.DisposeAsync();
    }
}
