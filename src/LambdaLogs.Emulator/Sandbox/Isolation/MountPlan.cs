namespace LambdaLogs.Emulator.Sandbox.Isolation;

/// <summary>What a sandbox has at the places that Lambda gives a meaning. Paths are the host's.</summary>
internal sealed record MountPlan
{
    /// <summary>Where the emulator builds the sandbox's root: an empty directory.</summary>
    public required string Staging { get; init; }

    /// <summary>What is at <c>/opt</c>.</summary>
    public required string Opt { get; init; }

    /// <summary>What is at <c>/var/task</c>. Null: an empty directory.</summary>
    public string? Task { get; init; }

    /// <summary>What is at <c>/var/runtime</c>. Null: what the host has there.</summary>
    public string? Runtime { get; init; }

    /// <summary>What is at <c>/etc/hosts</c>.</summary>
    public required string Hosts { get; init; }

    /// <summary>Size of <c>/tmp</c> in MB.</summary>
    public int TmpMb { get; init; } = 512;

    /// <summary>What stays visible at its own path although that is below a place of the sandbox's own.</summary>
    public IReadOnlyList<string> Visible { get; init; } = [];

    /// <summary>The places of the sandbox's own: what the host has there is hidden.</summary>
    static readonly string[] Own = ["/tmp", "/opt", "/var/task"];

    /// <summary>
    /// What has to be made visible so that a file can be used with those beside it: its directory, where that is hidden and is not such a
    /// place itself; then the file alone.
    /// </summary>
    /// <returns>Null where it is visible anyway.</returns>
    public static string? Hidden(string path)
    {
        var full = Path.GetFullPath(path);
        if (!Own.Any(own => full == own || full.StartsWith($"{own}/", StringComparison.Ordinal)))
            return null;
        if (Directory.Exists(full))
            return Own.Contains(full) ? null : full;

        var folder = Path.GetDirectoryName(full)!;
        return Own.Contains(folder) ? full : folder;
    }

    /// <summary>The host's names and, first, those of the sandbox.</summary>
    public static string HostsFile(string ofHost) => $"127.0.0.1\tsandbox.localdomain sandbox\n{ofHost}";
}
