namespace LambdaLogs.Emulator.Sandbox;

/// <summary>The content of <c>/opt</c>: layers merged in a temporary directory that is removed with the sandbox.</summary>
internal sealed class ExtensionFiles : IDisposable
{
    readonly IReadOnlyList<string> _extra;

    /// <summary>The marker file with which AWS Support disables a function's extensions.</summary>
    const string DisablingMarker = "disable-extensions-jwigqn8j";

    /// <param name="layers">Zip files and directories, in layer order.</param>
    /// <param name="extra">Executables that are linked into <c>/opt/extensions</c>.</param>
    public ExtensionFiles(IReadOnlyList<string> layers, IReadOnlyList<string> extra)
    {
        _extra = extra;
        Root = Directory.CreateTempSubdirectory("lambda-emulator-").FullName;
        Directory.CreateDirectory(Path.Combine(Root, "work"));
        foreach (var layer in layers)
            LayerArchive.Extract(layer, Path.Combine(Root, "opt"));
    }

    /// <summary>True if a layer contains the marker file: no extension is started and the Extensions API is not available.</summary>
    public bool AreDisabled => File.Exists(Path.Combine(Root, "opt", DisablingMarker));

    /// <summary>Links the extensions that come from no layer into the directory of extensions.</summary>
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

    /// <summary>The directory of the managed runtimes' clients.</summary>
    public string RuntimeDirectory => Path.Combine(Root, "runtime");

    /// <summary>The working directory of extensions.</summary>
    public string WorkDirectory => Path.Combine(Root, "work");

    /// <summary>
    /// The full path of every extension, by file name. Directories are ignored; of several with the same name, the last one is used.
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
            // The directory stays in <c>/tmp</c>: the end of the sandbox must not fail because of it.
        }
    }
}
