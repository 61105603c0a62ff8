using System.IO.Compression;

namespace LambdaLogs.Emulator.Tests.Support;

/// <summary>Files for one test, removed with it.</summary>
internal sealed class TempFiles : IDisposable
{
    public const int Executable = 0x1ED;

    /// <summary>The body of an extension that is there and does nothing: the test makes its calls.</summary>
    public const string Sleeper = "#!/bin/sh\nexec sleep 1000\n";

    public string Root { get; } = Directory.CreateTempSubdirectory("emulator-tests-").FullName;

    /// <summary>Writes a file and returns its path.</summary>
    /// <param name="mode">Unix mode bits.</param>
    public string Write(string name, string content, int mode = Executable)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)mode);
        return path;
    }

    /// <summary>Lets other users look into it.</summary>
    public void ShowToEveryone()
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Root, (UnixFileMode)Executable);
    }

    /// <summary>A zip with these files, each with its mode.</summary>
    public string Zip(string name, params (string Path, string Content, int Mode)[] files)
    {
        var path = Path.Combine(Root, name);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var file in files)
        {
            var entry = zip.CreateEntry(file.Path);
            entry.ExternalAttributes = (0x8000 | file.Mode) << 16;
            using var writer = new StreamWriter(entry.Open());
            writer.Write(file.Content);
        }

        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
