using System.IO.Compression;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Unpacks layers (zip files or directories) like Lambda does to <c>/opt</c>, with mode bits and symbolic links.</summary>
internal static class LayerArchive
{
    const int ModeBits = 0x1FF;
    const int KindBits = 0xF000;
    const int SymbolicLink = 0xA000;

    // Files of a zip without Unix attributes are not executable, as on Lambda.
    const int DefaultMode = 0x1A4;

    /// <summary>Checks a layer without unpacking it. A layer without an extension is valid.</summary>
    /// <returns>The problem. Null if there is none.</returns>
    public static string? Validate(string path)
    {
        if (Directory.Exists(path))
            return null;
        if (!File.Exists(path))
            return $"{path}: no such file";

        try
        {
            using var zip = ZipFile.OpenRead(path);
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return $"{path}: not a zip archive; a layer is one, or a directory";
        }
    }

    /// <summary>Unpacks a layer over the existing files. Throws InvalidDataException for a path outside the target.</summary>
    public static void Extract(string path, string target)
    {
        if (Directory.Exists(path))
        {
            Copy(new DirectoryInfo(path), target);
            return;
        }

        using var zip = ZipFile.OpenRead(path);
        var root = Path.GetFullPath(target) + Path.DirectorySeparatorChar;
        Directory.CreateDirectory(root);
        foreach (var entry in zip.Entries)
        {
            var file = Path.GetFullPath(Path.Combine(root, entry.FullName));
            if (!file.StartsWith(root, StringComparison.Ordinal) || LeadsThroughLink(file, root))
                throw new InvalidDataException($"{path}: {entry.FullName} is outside the layer");
            if (entry.FullName.EndsWith('/'))
                Directory.CreateDirectory(file);
            else
                ExtractFile(entry, file);
        }
    }

    static void ExtractFile(ZipArchiveEntry entry, string file)
    {
        Prepare(file);
        var attributes = entry.ExternalAttributes >> 16;
        if ((attributes & KindBits) == SymbolicLink)
        {
            using var target = new StreamReader(entry.Open());
            File.CreateSymbolicLink(file, target.ReadToEnd());
            return;
        }

        entry.ExtractToFile(file, overwrite: true);
        var mode = attributes & ModeBits;
        File.SetUnixFileMode(file, (UnixFileMode)(mode == 0 ? DefaultMode : mode));
    }

    static void Copy(DirectoryInfo from, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var entry in from.EnumerateFileSystemInfos())
        {
            var file = Path.Combine(target, entry.Name);
            if (entry.LinkTarget is { } link)
            {
                Prepare(file);
                File.CreateSymbolicLink(file, link);
            }
            else if (entry is DirectoryInfo directory)
            {
                Copy(directory, file);
            }
            else
            {
                Prepare(file);
                File.Copy(entry.FullName, file, overwrite: true);
            }
        }
    }

    /// <summary>Removes the file of an earlier layer, because writing must not follow a link.</summary>
    static void Prepare(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.Delete(file);
    }

    /// <summary>True if a parent directory is a link: on the host it would lead to another place than inside the sandbox.</summary>
    static bool LeadsThroughLink(string file, string root)
    {
        for (var folder = Path.GetDirectoryName(file); folder?.Length > root.Length; folder = Path.GetDirectoryName(folder))
        {
            if (new DirectoryInfo(folder).LinkTarget is not null)
                return true;
        }

        return false;
    }
}
