using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace LambdaLogs.Deployment.Tests.Templates;

/// <summary>A folder with a package.json, copied to <c>artifacts/</c> with its packages, so that the sources stay as they are.</summary>
internal sealed partial class NodeProject
{
    const int OldestNode = 20;

    static readonly Dictionary<string, Lazy<Task<NodeProject>>> Projects = [];

    NodeProject(string folder) => Folder = folder;

    /// <summary>The copy.</summary>
    public string Folder { get; }

    /// <summary>
    /// The project with its packages as locked, installed once. Skips the test where Node or npm are missing or too old, or the registry is out of reach.
    /// </summary>
    /// <param name="source">Its path from the repository's root.</param>
    public static Task<NodeProject> InstallAsync(string source)
    {
        lock (Projects)
        {
            if (!Projects.TryGetValue(source, out var project))
                Projects[source] = project = new(() => PrepareAsync(source));
            return project.Value;
        }
    }

    /// <summary>Runs a program of the project's packages, or one on the PATH.</summary>
    public Task<Shell> RunAsync(string program, string[] arguments, Dictionary<string, string?>? environment = null)
    {
        environment ??= [];
        environment["REPOSITORY_ROOT"] = Repository.Root;
        environment["PATH"] = $"{Folder}/node_modules/.bin:{Environment.GetEnvironmentVariable("PATH")}";
        // Within a coverage run or another test runner's process Node would report elsewhere.
        environment["NODE_OPTIONS"] = null;
        environment["NODE_TEST_CONTEXT"] = null;
        return Shell.RunAsync(program.StartsWith('/') ? program : $"/usr/bin/env", program.StartsWith('/') ? arguments : [program, .. arguments], environment, Folder);
    }

    static async Task<NodeProject> PrepareAsync(string source)
    {
        await RequireNodeAsync();
        var target = Repository.Path("artifacts", "node", source.Replace('/', '-'));
        Copy(Repository.Path(source), target);

        var stamp = Path.Combine(target, "node_modules", ".locked");
        var locked = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(target, "package-lock.json"))));
        if (!File.Exists(stamp) || await File.ReadAllTextAsync(stamp) != locked)
        {
            var install = await Shell.RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], directory: target);
            Assert.SkipWhen(install.Code != 0 && OutOfReach().IsMatch(install.Errors), $"npm cannot install the packages of {source}: {install.ErrorLines.FirstOrDefault()}");
            Assert.True(install.Code == 0, install.All);
            await File.WriteAllTextAsync(stamp, locked);
        }

        return new(target);
    }

    static async Task RequireNodeAsync()
    {
        Assert.SkipWhen(Shell.Find("node") is null || Shell.Find("npm") is null, "Node.js or npm is not installed");
        var version = (await Shell.RunAsync("node", ["--version"])).Output.Trim().TrimStart('v');
        Assert.SkipUnless(int.Parse(version.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture) >= OldestNode, $"Node.js {OldestNode} or newer is needed; this is {version}");
    }

    static void Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var folder in Directory.GetDirectories(source).Where(folder => Path.GetFileName(folder) is not ("node_modules" or "dist" or "cdk.out")))
            Copy(folder, Path.Combine(target, Path.GetFileName(folder)));
        foreach (var file in Directory.GetFiles(source))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
    }

    [GeneratedRegex("ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|E403|E404|ETARGET|network")]
    private static partial Regex OutOfReach();
}
