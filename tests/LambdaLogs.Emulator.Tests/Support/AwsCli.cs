namespace LambdaLogs.Emulator.Tests.Support;

/// <summary>The AWS CLI: the one installed, or Debian's, installed now where that is possible.</summary>
public sealed class AwsCli : IAsyncLifetime
{
    /// <summary>Null where there is none and none could be installed.</summary>
    public string? Path { get; private set; }

    /// <summary>Why it is missing.</summary>
    public string WhyMissing { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Path = Tool.Find("aws");
        if (Path is not null)
            return;

        if (Environment.UserName != "root" || Tool.Find("apt-get") is not { } apt)
        {
            WhyMissing = "The AWS CLI is not installed; run: sudo apt-get install awscli";
            return;
        }

        await Tool.RunAsync(apt, ["update"]);
        var (code, _, error) = await Tool.RunAsync(
            apt, ["install", "-y", "--no-install-recommends", "awscli"], ("DEBIAN_FRONTEND", "noninteractive"));
        Path = Tool.Find("aws");
        WhyMissing = $"apt-get install awscli ended with {code}: {error}";
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
