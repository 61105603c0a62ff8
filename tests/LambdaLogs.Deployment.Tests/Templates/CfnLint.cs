namespace LambdaLogs.Deployment.Tests.Templates;

/// <summary>The linter for CloudFormation templates, which knows SAM as well.</summary>
internal static class CfnLint
{
    static readonly SemaphoreSlim Installing = new(1);

    /// <summary>Its path: the one on the PATH, else one in <c>artifacts/</c>, installed on first use. Skips the test where that cannot be.</summary>
    public static async Task<string> FindAsync()
    {
        if (Shell.Find("cfn-lint") is { } found)
            return found;

        await Installing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            var folder = Repository.Path("artifacts", "cfn-lint");
            var linter = Path.Combine(folder, "bin/cfn-lint");
            if (!File.Exists(linter))
                await InstallAsync(folder);
            return linter;
        }
        finally
        {
            Installing.Release();
        }
    }

    static async Task InstallAsync(string folder)
    {
        var environment = await Shell.RunAsync("python3", ["-m", "venv", folder]);
        Assert.SkipUnless(environment.Code == 0, "cfn-lint is not installed, and python3 -m venv does not work here (python3-venv)");
        var install = await Shell.RunAsync(Path.Combine(folder, "bin/pip"), ["install", "--quiet", "--disable-pip-version-check", "cfn-lint"]);
        Assert.SkipUnless(install.Code == 0, $"cfn-lint is not installed, and pip cannot install it: {install.ErrorLines.LastOrDefault()}");
    }
}
