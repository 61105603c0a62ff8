using System.Runtime.CompilerServices;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Contract;

/// <summary>Telemetry bodies as Lambda sends them, see <c>fixtures/README.md</c>.</summary>
internal static class TelemetryFixtures
{
    /// <summary>Reads POSTs one after the other.</summary>
    public static ReadingDesk Read(params string[] names) => Read(new ReadingDesk(), names);

    /// <summary>Reads POSTs one after the other.</summary>
    public static ReadingDesk Read(ReadingDesk desk, params string[] names)
    {
        foreach (var name in names)
            desk.Read(Bytes(name));
        return desk;
    }

    /// <summary>The names of all bodies, in their order.</summary>
    public static IEnumerable<string> Names => Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Contract", "fixtures", "telemetry"))
        .Select(path => Path.GetFileName(path))
        .Order(StringComparer.Ordinal);

    /// <summary>The bodies that are valid JSON.</summary>
    public static IEnumerable<byte[]> ValidBodies => Names.Where(name => name.EndsWith(".json", StringComparison.Ordinal)).Select(Bytes);

    /// <summary>A body, as it is posted.</summary>
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Contract", "fixtures", "telemetry", name));

    /// <summary>
    /// Compares lines with a golden file beside the bodies. With <c>UPDATE_GOLDENS=1</c> in the environment the file in the source tree
    /// is written anew instead.
    /// </summary>
    /// <param name="name">The file's name.</param>
    /// <param name="lines">What came out.</param>
    /// <param name="here">Filled in by the compiler.</param>
    public static void AssertGolden(string name, IEnumerable<string> lines, [CallerFilePath] string here = "")
    {
        var actual = string.Concat(lines.Select(line => line + "\n"));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDENS") == "1")
        {
            var folder = Path.Combine(Path.GetDirectoryName(here)!, "fixtures", "expected");
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, name), actual);
            return;
        }

        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Contract", "fixtures", "expected", name)), actual);
    }
}
