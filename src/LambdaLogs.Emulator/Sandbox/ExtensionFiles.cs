namespace LambdaLogs.Emulator.Sandbox;

/// <summary>The place of <c>/opt</c>: layers unpacked into a directory of the sandbox's own, removed with it.</summary>
/// <remarks><c>/tmp</c> is the host's, so what an extension keeps there outlives a reset, and the emulator too.</remarks>
internal sealed class ExtensionFiles : IDisposable
{
    readonly IReadOnlyList<string> _extra;

    /// <param name="layers">Zips, first to last.</param>
    /// <param name="extra">Executables that run where they are.</param>
    public ExtensionFiles(IReadOnlyList<string> layers, IReadOnlyList<string> extra)
    {
        _extra = extra;
        Root = Directory.CreateTempSubdirectory("lambda-emulator-").FullName;
        Directory.CreateDirectory(Path.Combine(Root, "work"));
        foreach (var layer in layers)
            LayerArchive.Extract(layer, Path.Combine(Root, "opt"));
    }

    public string Root { get; }

    /// <summary>Where extensions are started.</summary>
    public string WorkDirectory => Path.Combine(Root, "work");

    /// <summary>
    /// Full paths of every extension, by file name. Directories are no extensions; of several with one name the last given counts.
    /// </summary>
    public IReadOnlyList<string> All()
    {
        var unpacked = Path.Combine(Root, "opt", "extensions");
        IEnumerable<string> files = Directory.Exists(unpacked) ? Directory.GetFiles(unpacked) : [];
        return
        [
            .. files.Concat(_extra.Select(Path.GetFullPath)).GroupBy(Path.GetFileName).Select(same => same.Last())
                .OrderBy(Path.GetFileName, StringComparer.Ordinal),
        ];
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (IOException)
        {
            // Left to whoever cleans /tmp: the sandbox's end must not fail for it.
        }
    }
}
