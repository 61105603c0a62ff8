using System.Diagnostics;
using System.IO.Compression;

namespace LambdaLogs.EndToEnd;

/// <summary>The executable out of the layer's zip, started by hand as a user would.</summary>
sealed class Shipped : IDisposable
{
    readonly string _directory = Directory.CreateTempSubdirectory("shipped-").FullName;

    public Shipped()
    {
        Path = System.IO.Path.Combine(_directory, Layer.ExtensionName);
        using var layer = ZipFile.OpenRead(Layer.Zip);
        var extracted = Path + ".extracted";
        layer.GetEntry(Layer.ExtensionEntry)!.ExtractToFile(extracted);
        // A process of its own writes what will be started: a file that this one had open, and another thread's child with it for a moment, is "text file busy".
        using var copy = Process.Start("cp", [extracted, Path]);
        copy.WaitForExit();
        MakeExecutable(Path);
    }

    public string Path { get; }

    /// <summary>What chmod 0500 does.</summary>
    public static void MakeExecutable(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="environment">All of its environment.</param>
    public async Task<(int ExitCode, string Output)> RunAsync(string arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Layer.Interpreter ?? Path, Layer.Interpreter is null ? arguments : $"{Path} {arguments}") { RedirectStandardOutput = true };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(Scene.Cancel).WaitAsync(Scene.Patience, Scene.Cancel);
            await process.WaitForExitAsync(Scene.Cancel).WaitAsync(Scene.Patience, Scene.Cancel);
            return (process.ExitCode, output);
        }
        finally
        {
            process.Kill();
        }
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
