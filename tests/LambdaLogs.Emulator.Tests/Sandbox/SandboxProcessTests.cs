using System.Text;
using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Tests.Support;

namespace LambdaLogs.Emulator.Tests.Sandbox;

public sealed class SandboxProcessTests
{
    readonly List<string> _lines = [];

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Both_outputs_come_in_order_and_the_code_after_them()
    {
        var process = Shell("echo out; echo err >&2; printf rest; exit 7");
        Assert.Equal(new ExitStatus(7), await process.Exited.WaitAsync(Cancel));
        Assert.Equal(["out\n", "err\n", "rest"], _lines);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_process_sees_its_own_environment_and_directory_and_nothing_else()
    {
        var process = Shell("env | sort; pwd; cat");
        await process.Exited.WaitAsync(Cancel);
        var own = _lines.Where(l => !l.StartsWith("_=") && !l.StartsWith("OLDPWD"));
        Assert.Equal(["ONE=1\n", "PATH=/usr/bin:/bin\n", "PWD=/usr\n", "/usr\n"], own);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_kill_takes_the_whole_group_with_it()
    {
        var process = Shell("sleep 1000 & echo $!; wait");
        var child = await LineAsync();
        Assert.NotEqual(' ', ProcStatus.State(int.Parse(child)));

        process.Kill();
        Assert.Equal(new ExitStatus(137, 9), await process.Exited.WaitAsync(Cancel));
        while (ProcStatus.State(int.Parse(child)) is not (' ' or 'Z'))
        {
            await Task.Yield();
            Cancel.ThrowIfCancellationRequested();
        }
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task What_was_written_can_be_read_at_once()
    {
        var process = Shell("echo one; echo two; exec sleep 1000");
        await LineAsync();
        process.Drain();
        lock (_lines)
            Assert.NotEmpty(_lines);
        process.Kill();
        await process.Exited.WaitAsync(Cancel);
        Assert.Equal(["one\n", "two\n"], _lines);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Signals_to_a_process_that_has_ended_go_nowhere()
    {
        var process = Shell("exit 0");
        await process.Exited.WaitAsync(Cancel);
        process.Signal(Posix.SigTerm);
        process.Kill();
        Assert.Equal(new ExitStatus(0), await process.Exited);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_file_that_is_still_open_for_writing_is_started_once_it_is_closed()
    {
        using var files = new TempFiles();
        var path = files.Write("late", "#!/bin/sh\nexit 4\n");
        var request = new SpawnRequest(path, [path], new Dictionary<string, string>(), "/");
        var writer = new FileStream(path, FileMode.Open, FileAccess.Write);
        var closing = Task.Run(
            async () =>
            {
                await Task.Delay(50, Cancel);
                await writer.DisposeAsync();
            },
            Cancel);
        var process = SandboxProcess.Start("late", request, new ProcessEvents(_ => { }, _ => { }), out var error);
        await closing;
        Assert.Equal(0, error);
        Assert.Equal(new ExitStatus(4), await process!.Exited.WaitAsync(Cancel));
    }

    [Fact]
    public void A_file_that_cannot_be_executed_says_why()
    {
        using var files = new TempFiles();
        Assert.Equal("permission denied", Start(files.Write("a", "#!/bin/sh\n", 0x1A4)));
        Assert.Equal("exec format error", Start(files.Write("b", "no program at all")));
        Assert.Equal("no such file or directory", Start(files.Write("c", "#!/no/such/shell\n")));
    }

    [Fact]
    public void Exit_states_have_lambdas_words() => Assert.Equal(
        ["exit code 0", "exit status 3", "signal: killed", "signal: segmentation fault"],
        new[] { new ExitStatus(0), new ExitStatus(3), new ExitStatus(137, 9), new ExitStatus(139, 11) }.Select(s => s.ToString()));

    SandboxProcess Shell(string script) => SandboxProcess.Start(
        "shell",
        new SpawnRequest(
            "/bin/sh", ["/bin/sh", "-c", script], new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["ONE"] = "1" }, "/usr"),
        new ProcessEvents(Keep, _ => { }),
        out _)!;

    static string Start(string path)
    {
        var request = new SpawnRequest(path, [path], new Dictionary<string, string>(), "/");
        var process = SandboxProcess.Start("x", request, new ProcessEvents(_ => { }, _ => { }), out var error);
        Assert.Null(process);
        return LaunchErrors.Text(path, error)[$"fork/exec {path}: ".Length..];
    }

    void Keep(ReadOnlyMemory<byte> line)
    {
        lock (_lines)
            _lines.Add(Encoding.UTF8.GetString(line.Span));
    }

    async Task<string> LineAsync()
    {
        while (true)
        {
            lock (_lines)
            {
                if (_lines.Count > 0)
                    return _lines[0];
            }

            await Task.Yield();
            Cancel.ThrowIfCancellationRequested();
        }
    }
}
