namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Lambda's messages for a file that cannot be executed.</summary>
internal static class LaunchErrors
{
    /// <summary>The <c>errno</c> for a file in a format that cannot be executed.</summary>
    public const int Enoexec = 8;

    const int Enoent = 2;

    /// <summary>The error message.</summary>
    /// <param name="path">The file.</param>
    /// <param name="error">The <c>errno</c>.</param>
    public static string Text(string path, int error) => $"fork/exec {path}: " + error switch
    {
        Enoent => "no such file or directory",
        Enoexec => "exec format error",
        Posix.Eacces => "permission denied",
        _ => $"errno {error}",
    };

    /// <summary>The error type of <c>platform.extension</c>.</summary>
    public static string Type(int error) => error == Posix.Eacces ? "PermissionDenied" : "UnknownError";
}
