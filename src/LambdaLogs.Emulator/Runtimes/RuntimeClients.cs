namespace LambdaLogs.Emulator.Runtimes;

/// <summary>The emulator's own Runtime API clients, which are embedded resources.</summary>
internal static class RuntimeClients
{
    static readonly string[] Names = ["client.py", "client.mjs"];

    /// <summary>Writes the clients into a directory.</summary>
    public static void Extract(string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (var name in Names)
        {
            using var from = typeof(RuntimeClients).Assembly.GetManifestResourceStream(name)!;
            using var to = File.Create(Path.Combine(directory, name));
            from.CopyTo(to);
        }
    }
}
