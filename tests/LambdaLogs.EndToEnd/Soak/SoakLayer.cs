using System.Globalization;

namespace LambdaLogs.EndToEnd.Soak;

/// <summary>
/// The layer that is played: the one that ships, or the directory that the variable SOAK_LAYER names. <c>scripts/mutations</c> names one whose extension runs by
/// the .NET runtime, since that is built in seconds.
/// </summary>
static class SoakLayer
{
    static readonly string? Directory = Environment.GetEnvironmentVariable("SOAK_LAYER") is { Length: > 0 } path ? path : null;

    public static string Path => Directory ?? Layer.Zip;

    /// <summary>What the process takes beside what is shipped: SOAK_BASE_MB, for the .NET runtime.</summary>
    public static long BaseBytes { get; } =
        long.TryParse(Environment.GetEnvironmentVariable("SOAK_BASE_MB"), NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes) ? megabytes << 20 : 0;

    /// <summary>A starter whose standard output is a full pipe.</summary>
    /// <param name="folder">An empty directory for it, outside of the sandbox.</param>
    /// <param name="executable">The extension.</param>
    public static async Task<string> UnreadStarterAsync(string folder, string executable)
    {
        var starter = System.IO.Path.Combine(folder, Layer.ExtensionName);
        // The descriptor that is open for both keeps the pipe open, and nobody reads.
        var script = $"#!/bin/sh\nmkfifo {folder}/unread && exec 3<>{folder}/unread && exec {Layer.Interpreter} {executable} >&3\n";
        await File.WriteAllTextAsync(starter, script, Scene.Cancel);
        Shipped.MakeExecutable(starter);
        return starter;
    }

    /// <summary>The executable, outside of a sandbox.</summary>
    /// <param name="shipped">Takes it out of the zip.</param>
    public static string Executable(Func<string> shipped) =>
        Directory is null ? shipped() : System.IO.Path.Combine(Directory, Layer.ExtensionEntry);
}
