using System.IO.Compression;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Unpacks layer zips as Lambda does below <c>/opt</c>.</summary>
internal static class LayerArchive
{
    const int ModeBits = 0x1FF;

    // A zip made without Unix attributes has files that nobody may execute, as on Lambda.
    const int DefaultMode = 0x1A4;

    /// <summary>Says what is wrong with a layer, without unpacking it.</summary>
    /// <returns>Null where it holds at least one extension.</returns>
    public static string? Problem(string path)
    {
        if (!File.Exists(path))
            return $"{path}: no such file";

        try
        {
            using var zip = ZipFile.OpenRead(path);
            return zip.Entries.Any(IsExtension) ? null : $"{path}: holds no file extensions/<name>";
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return $"{path}: not a zip archive ({e.Message})";
        }
    }

    /// <summary>Unpacks a layer, with its mode bits. Throws InvalidDataException for a path that leads out.</summary>
    public static void Extract(string path, string target)
    {
        using var zip = ZipFile.OpenRead(path);
        var root = Path.GetFullPath(target) + Path.DirectorySeparatorChar;
        foreach (var entry in zip.Entries)
        {
            var file = Path.GetFullPath(Path.Combine(root, entry.FullName));
            if (!file.StartsWith(root, StringComparison.Ordinal))
                throw new InvalidDataException($"{path}: {entry.FullName} leads out of the layer.");
            if (entry.FullName.EndsWith('/'))
                Directory.CreateDirectory(file);
            else
                ExtractFile(entry, file);
        }
    }

    static void ExtractFile(ZipArchiveEntry entry, string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        entry.ExtractToFile(file, overwrite: true);
        var mode = (entry.ExternalAttributes >> 16) & ModeBits;
        File.SetUnixFileMode(file, (UnixFileMode)(mode == 0 ? DefaultMode : mode));
    }

    static bool IsExtension(ZipArchiveEntry entry) =>
        entry.FullName.StartsWith("extensions/", StringComparison.Ordinal) && entry.Name.Length > 0
        && entry.FullName.Count(c => c == '/') == 1;
}
