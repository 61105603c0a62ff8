namespace LambdaLogs.Deployment.Tests.Layers;

/// <summary>The AWS CLIs of this machine: versions 1 and 2 write their messages and read their settings differently.</summary>
internal static class AwsCli
{
    const string None = "none";

    /// <summary>Their paths, one test each. Where there is none, the tests say so.</summary>
    public static TheoryData<string> All => [.. Shell.FindAll("aws").DistinctBy(Real).DefaultIfEmpty(None)];

    /// <summary>The first one. Skips the test where there is none: not every distribution packages it.</summary>
    public static string Any
    {
        get
        {
            var found = Shell.Find("aws");
            Assert.SkipWhen(found is null, "the AWS CLI is not installed");
            return found;
        }
    }

    /// <summary>The environment in which <c>aws</c> is that one.</summary>
    public static Dictionary<string, string?> With(this Dictionary<string, string?> environment, string cli)
    {
        Assert.SkipWhen(cli == None, "the AWS CLI is not installed");
        // Only a link to it goes in front: the folder it lies in may hold other tools of other versions.
        var folder = Path.Combine(Path.GetTempPath(), $"aws-cli-{Environment.ProcessId}-{Math.Abs(cli.GetHashCode(StringComparison.Ordinal))}");
        Directory.CreateDirectory(folder);
        var link = Path.Combine(folder, "aws");
        lock (typeof(AwsCli))
        {
            if (!File.Exists(link))
                File.CreateSymbolicLink(link, cli);
        }

        environment["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";
        return environment;
    }

    /// <summary>Where a path leads in the end: /bin is often a link to /usr/bin, and the same CLI is not tried twice.</summary>
    static string Real(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var file = Path.Combine(Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? folder, Path.GetFileName(path));
        return File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
    }
}
