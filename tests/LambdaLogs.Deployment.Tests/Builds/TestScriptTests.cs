namespace LambdaLogs.Deployment.Tests.Builds;

/// <summary><c>scripts/test</c> with programs in the place of the others that keep what they are asked, and of the test programs.</summary>
public sealed class TestScriptTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("test-script-").FullName;

    [Theory]
    [InlineData("no", false)]
    [InlineData("", true)]
    [InlineData(null, true)]
    public async Task Real_servers_are_installed_unless_it_is_asked_not_to(string? peers, bool areInstalled)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "scripts"));
        File.Copy(Repository.Path("scripts/test"), Path.Combine(_folder, "scripts/test"));
        foreach (var (name, script) in new[] { ("architecture", "echo x86_64"), ("prerequisites", ""), ("peers", ""), ("build-native", "exit 1") })
            Program(name, script);

        var result = await Shell.RunAsync(Path.Combine(_folder, "scripts/test"), [], new Dictionary<string, string?> { ["PEERS"] = peers, ["ARCHES"] = null });

        Assert.Equal(1, result.Code);
        Assert.Equal("0 passed, 1 failed", result.Output.Trim().Split('\n')[^1]);
        var asked = await File.ReadAllLinesAsync(Path.Combine(_folder, "asked.log"), TestContext.Current.CancellationToken);
        Assert.Equal(areInstalled, asked.Contains("peers"));
        Assert.Equal("build-native x86_64", asked[^1]);
    }

    [Theory]
    [InlineData(1, 0, "10 passed, 0 failed", "unstable")]
    [InlineData(3, 0, "10 passed, 0 failed", "unstable")]
    [InlineData(1, 1, "9 passed, 1 failed", "failed")]
    [InlineData(3, 1, "7 passed, 3 failed", "failed")]
    [InlineData(4, 0, "6 passed, 4 failed", "failed")]
    public async Task A_few_tests_that_fail_are_run_once_more_alone_and_listed(int failing, int failingAlone, string end, string listed)
    {
        var lines = string.Join('\n', Enumerable.Range(1, failing).Select(number => $"    Some.Tests.Fact_{number}(kind: A) [FAIL]\n      Assert.True() Failure"));
        var result = await RunFakeTests($"""
            if [[ "$*" == *-method* ]]; then
                echo "   Some.Tests  Total: {failing}, Errors: 0, Failed: {failingAlone}, Skipped: 0, Not Run: 0, Time: 1s"
            else
                echo '{lines}'
                echo "   Some.Tests  Total: 10, Errors: 0, Failed: {failing}, Skipped: 0, Not Run: 0, Time: 1s"
            fi
            """);

        Assert.Equal(end, result.Output.Trim().Split('\n')[^1]);
        Assert.Equal(end.EndsWith(" 0 failed", StringComparison.Ordinal) ? 0 : 1, result.Code);
        var list = result.Output[result.Output.LastIndexOf($"== {listed}", StringComparison.Ordinal)..];
        Assert.Contains($"Some.Tests.Fact_{failing}(kind: A) [FAIL]", list, StringComparison.Ordinal);
        var again = (await File.ReadAllLinesAsync(Path.Combine(_folder, "asked.log"), TestContext.Current.CancellationToken)).Where(line => line.Contains("-method", StringComparison.Ordinal));
        Assert.Equal(failing <= 3 ? 1 : 0, again.Count());
        Assert.All(again, line => Assert.Contains($"-method Some.Tests.Fact_{failing}", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_test_program_that_crashes_has_failed()
    {
        var result = await RunFakeTests("echo 'Segmentation fault'; exit 139");

        Assert.Equal((1, "0 passed, 1 failed"), (result.Code, result.Output.Trim().Split('\n')[^1]));
    }

    [Fact]
    public async Task Where_SIGINT_is_ignored_it_ends_all_the_same_and_leaves_no_process()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "scripts"));
        Directory.CreateDirectory(Path.Combine(_folder, "tests/Some.Tests"));
        foreach (var script in new[] { "test", "interruptible" })
            File.Copy(Repository.Path("scripts", script), Path.Combine(_folder, "scripts", script));
        foreach (var (name, script) in new[] { ("architecture", "echo x86_64"), ("prerequisites", ""), ("peers", ""), ("build-native", ""), ("package", "") })
            Program(name, script);
        // In the place of the tests: a program that interrupts another one and waits for its end, as they do.
        var bin = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        Shell.WriteScript(Path.Combine(bin, "dotnet"), """
            #!/usr/bin/env python3
            import signal, subprocess, sys
            if sys.argv[1] == "exec":
                child = subprocess.Popen(["sleep", "600"])
                child.send_signal(signal.SIGINT)
                child.wait()
                print("   Some.Tests  Total: 1, Errors: 0, Failed: 0, Skipped: 0")

            """);
        var mark = $"test-script-{Guid.NewGuid():N}";

        // timeout stands outside: it would restore the signal.
        var background = $"(trap '' INT; exec {_folder}/scripts/test -class Some) & wait $!";
        var result = await Shell.RunAsync("timeout", ["120", "bash", "-c", background], new Dictionary<string, string?>
        {
            ["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}",
            ["ARCHES"] = "x86_64",
            ["MARK"] = mark,
        });

        Assert.True(result.Code == 0, result.All);
        Assert.EndsWith("1 passed, 0 failed\n", result.Output);
        Assert.DoesNotContain(Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])), folder => Has(mark, folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Runs the script over one test project, whose program is this script.</summary>
    async Task<Shell> RunFakeTests(string tests)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "scripts"));
        Directory.CreateDirectory(Path.Combine(_folder, "tests/Some.Tests"));
        File.Copy(Repository.Path("scripts/test"), Path.Combine(_folder, "scripts/test"));
        foreach (var (name, script) in new[] { ("architecture", "echo x86_64"), ("prerequisites", ""), ("build-native", ""), ("package", ""), ("interruptible", "\"$@\"") })
            Program(name, script);
        var programs = Directory.CreateDirectory(Path.Combine(_folder, "programs")).FullName;
        Shell.WriteScript(Path.Combine(programs, "dotnet"), $"#!/usr/bin/env bash\n[ \"$1\" = exec ] || exit 0\n{tests}\n");

        return await Shell.RunAsync(Path.Combine(_folder, "scripts/test"), ["-class", "Any"], new Dictionary<string, string?>
        {
            ["PEERS"] = "no",
            ["ARCHES"] = null,
            ["PATH"] = $"{programs}:{Environment.GetEnvironmentVariable("PATH")}",
        });
    }

    // A process that has ended meanwhile has no mark.
    static bool Has(string mark, string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ")).Contains(mark, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    void Program(string name, string script)
    {
        var path = Path.Combine(_folder, "scripts", name);
        Shell.WriteScript(path, $"#!/usr/bin/env bash\necho {name} $* | sed 's/ *$//' >>{_folder}/asked.log\n{script}\n");
    }
}
