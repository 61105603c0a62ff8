namespace LambdaLogs.Deployment.Tests.Builds;

/// <summary><c>scripts/test</c> up to its first build, with programs in the place of the others that keep what they are asked.</summary>
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

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    void Program(string name, string script)
    {
        var path = Path.Combine(_folder, "scripts", name);
        Shell.WriteScript(path, $"#!/usr/bin/env bash\necho {name} $* | sed 's/ *$//' >>{_folder}/asked.log\n{script}\n");
    }
}
