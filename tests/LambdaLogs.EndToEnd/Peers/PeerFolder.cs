namespace LambdaLogs.EndToEnd.Peers;

/// <summary>A temporary folder that every user may write into: servers started by root give up their rights.</summary>
sealed class PeerFolder : IDisposable
{
    public PeerFolder(string name)
    {
        Root = Directory.CreateTempSubdirectory($"{name}-").FullName;
        if (OperatingSystem.IsLinux())
            File.SetUnixFileMode(Root, (UnixFileMode)Convert.ToInt32("777", 8));
    }

    public string Root { get; }

    /// <summary>The path of something in it.</summary>
    public string At(string name) => Path.Combine(Root, name);

    /// <summary>Writes a file that everybody may read.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">What it holds.</param>
    /// <param name="mode">Its mode, in octal digits.</param>
    /// <returns>Its path.</returns>
    public string Write(string name, string text, string mode = "644")
    {
        File.WriteAllText(At(name), text);
        if (OperatingSystem.IsLinux())
            File.SetUnixFileMode(At(name), (UnixFileMode)Convert.ToInt32(mode, 8));

        return At(name);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
