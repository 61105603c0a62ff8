namespace LambdaLogs.Deployment.Tests.Builds;

/// <summary>The scripts themselves.</summary>
public sealed class ScriptTests
{
    [Fact]
    public async Task Shell_scripts_have_nothing_that_their_linter_warns_of()
    {
        var shellcheck = Shell.Find("shellcheck");
        Assert.SkipWhen(shellcheck is null, "shellcheck is not installed");
        var result = await Shell.RunAsync(shellcheck, ["--severity=warning", .. ShellScripts()]);

        Assert.True(result.Code == 0, result.All);
    }

    [Fact]
    public void Scripts_can_be_run_and_say_how()
    {
        foreach (var script in Directory.GetFiles(Repository.Path("scripts")).Order(StringComparer.Ordinal))
        {
            Assert.True(File.GetUnixFileMode(script).HasFlag(UnixFileMode.UserExecute), $"{script} is executable");
            Assert.StartsWith("#!/usr/bin/env ", File.ReadLines(script).First());
            Assert.True(File.ReadLines(script).ElementAt(1).Length > 20, $"{script} says what it does");
        }
    }

    // Amazon Linux 2023 and macOS have that version.
    [Fact]
    public async Task Scripts_in_Python_are_understood_by_its_version_3_9()
    {
        string[] scripts = [.. Directory.GetFiles(Repository.Path("scripts")).Where(file => File.ReadLines(file).First().EndsWith("python3", StringComparison.Ordinal))];
        Assert.True(scripts.Length >= 3);
        var result = await Shell.RunAsync(
            "python3", ["-c", "import ast, sys\nfor name in sys.argv[1:]: ast.parse(open(name, encoding='utf-8').read(), name, feature_version=(3, 9))", .. scripts]);

        Assert.True(result.Code == 0, result.All);
    }

    [Fact]
    public async Task Every_make_target_that_is_meant_for_people_is_in_the_help()
    {
        var help = await Shell.RunAsync("make", ["help"]);

        foreach (var target in new[]
        {
            "build_local", "build_x86", "build_arm", "build_lambda_x86", "build_lambda_arm", "deploy_cli_x86", "deploy_cli_arm", "add_permissions_x86",
            "add_permissions_arm", "add_permissions_by_account_x86", "add_permissions_by_account_arm", "remove_x86_version", "remove_arm_version", "attach", "detach", "fake_aws", "format", "clean",
        })
        {
            Assert.Matches($"(?m)^{target} +\\S", help.Output);
        }
    }

    [Fact]
    public async Task Tests_that_are_started_in_the_background_can_be_interrupted()
    {
        const string Interrupt = "kill -INT $$; echo survived";
        var ignored = await Shell.RunAsync("bash", ["-c", $"trap '' INT; sh -c '{Interrupt}'"]);
        var restored = await Shell.RunAsync("bash", ["-c", $"trap '' INT; scripts/interruptible sh -c '{Interrupt}'; echo $?"]);

        Assert.Equal("survived\n", ignored.Output);
        Assert.Equal("130\n", restored.Output);
        Assert.Equal(2, Repository.Read("scripts/test").Split("scripts/interruptible ").Length - 1);
    }

    static IEnumerable<string> ShellScripts() =>
        new[] { "scripts", "samples" }.SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), "*", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Where(file => Path.GetExtension(file) is "" or ".sh" && File.ReadLines(file).FirstOrDefault() is "#!/usr/bin/env bash" or "#!/bin/sh")
            .Order(StringComparer.Ordinal);
}
