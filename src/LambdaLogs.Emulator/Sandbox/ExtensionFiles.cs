namespace LambdaLogs.Emulator.Sandbox;

/// <summary>The place of <c>/opt</c>: layers merged in a directory of the sandbox's own, removed with it.</summary>
internal sealed class ExtensionFiles : IDisposable
{
    readonly IReadOnlyList<string> _extra;

    /// <summary>The marker with which AWS support disables the extensions of a function.</summary>
    const string DisablingMarker = "disable-extensions-jwigqn8j";

    /// <param name="layers">Zips and directories, first to last.</param>
    /// <param name="extra">Executables that run where they are.</param>
    public ExtensionFiles(IReadOnlyList<string> layers, IReadOnlyList<string> extra)
    {
        _extra = extra;
        Root = Directory.CreateTempSubdirectory("lambda-emulator-").FullName;
        Directory.CreateDirectory(Path.Combine(Root, "work"));
        foreach (var layer in layers)
            LayerArchive.Extract(layer, Path.Combine(Root, "opt"));
    }

    /// <summary>True where a layer holds the marker that disables extensions: none is started, and their API is not there.</summary>
    public bool AreDisabled => File.Exists(Path.Combine(Root, "opt", DisablingMarker));

    /// <summary>Puts the extensions that come from no layer beside the others, as links.</summary>
    public void LinkExtra()
    {
        foreach (var path in _extra.Select(Path.GetFullPath))
        {
            var link = Path.Combine(Root, "opt", "extensions", Path.GetFileName(path));
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            File.Delete(link);
            File.CreateSymbolicLink(link, path);
        }
    }

    public string Root { get; }

    /// <summary>The place of the managed runtimes' clients.</summary>
    public string RuntimeDirectory => Path.Combine(Root, "runtime");

    /// <summary>Where extensions are started.</summary>
    public string WorkDirectory => Path.Combine(Root, "work");

    /// <summary>
    /// Full paths of every extension, by file name. Directories are no extensions; of several with one name the last given counts.
    /// </summary>
    public IReadOnlyList<string> All()
    {
        if (AreDisabled)
            return [];

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
