namespace LambdaLogs.Emulator.Sandbox.Isolation;

/// <summary>What is mounted at Lambda's paths in a sandbox. Paths are the host's.</summary>
internal sealed record MountPlan
{
    /// <summary>An empty directory in which the emulator builds the sandbox's root.</summary>
    public required string Staging { get; init; }

    /// <summary>The directory for <c>/opt</c>.</summary>
    public required string Opt { get; init; }

    /// <summary>The directory for <c>/var/task</c>. Null: an empty directory.</summary>
    public string? Task { get; init; }

    /// <summary>The directory for <c>/var/runtime</c>. Null: the host's directory.</summary>
    public string? Runtime { get; init; }

    /// <summary>The file for <c>/etc/hosts</c>.</summary>
    public required string Hosts { get; init; }

    /// <summary>The size of <c>/tmp</c> in MB.</summary>
    public int TmpMb { get; init; } = 512;

    /// <summary>Host paths that stay visible although they are below a directory that the sandbox replaces.</summary>
    public IReadOnlyList<string> Visible { get; init; } = [];

    /// <summary>The directories that the sandbox replaces; the host's content is hidden.</summary>
    static readonly string[] ReplacedDirectories = ["/tmp", "/opt", "/var/task"];

    /// <summary>
    /// The path that has to stay visible so that a file can be used together with the files beside it: its directory if that is hidden but
    /// not itself replaced, otherwise the file alone.
    /// </summary>
    /// <returns>Null if the file is visible anyway.</returns>
    public static string? PathToKeepVisible(string path)
    {
        var full = Path.GetFullPath(path);
        if (!ReplacedDirectories.Any(own => full == own || full.StartsWith($"{own}/", StringComparison.Ordinal)))
            return null;
        if (Directory.Exists(full))
            return ReplacedDirectories.Contains(full) ? null : full;

        var folder = Path.GetDirectoryName(full)!;
        return ReplacedDirectories.Contains(folder) ? full : folder;
    }

    /// <summary>The host's entries, preceded by those of the sandbox.</summary>
    public static string HostsFile(string ofHost) => $"127.0.0.1\tsandbox.localdomain sandbox\n{ofHost}";
}
