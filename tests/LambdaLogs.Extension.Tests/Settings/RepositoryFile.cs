using System.Runtime.CompilerServices;

namespace LambdaLogs.Extension.Tests.Settings;

/// <summary>A file of the repository that is generated, and compared with what would be generated now.</summary>
internal static class RepositoryFile
{
    /// <summary>Fails where the file differs; rewrites it where <c>UPDATE_GOLDENS</c> is 1.</summary>
    /// <param name="path">Its path from the root of the repository.</param>
    /// <param name="expected">What it should hold.</param>
    public static void Is(string path, string expected)
    {
        var file = Path.Combine(Root(), path);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDENS") == "1")
            File.WriteAllText(file, expected);

        var isSame = File.Exists(file) && File.ReadAllText(file) == expected;
        Assert.True(isSame, $"{path} is not what is generated now: run the tests with UPDATE_GOLDENS=1.");
    }

    // Where this file was when it was compiled: three folders below the root.
    static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
