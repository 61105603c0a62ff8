namespace LambdaLogs.Emulator.Sandbox;

/// <summary>
/// Runs executables of Lambda's other architecture through QEMU user mode, if it is installed (Debian package <c>qemu-user-static</c>).
/// QEMU is started explicitly, so the kernel needs no binfmt_misc entry.
/// </summary>
internal static class ForeignArchitecture
{
    static readonly string[] Folders = ["/usr/bin", "/usr/local/bin"];

    /// <summary>The QEMU program for a file.</summary>
    /// <returns>Null if the file does not need one or none is installed.</returns>
    /// <param name="path">The file to execute.</param>
    public static string? InterpreterFor(string path) =>
        ExecutableCheck.ForeignMachine(path) is { } machine ? InterpreterFor(machine) : null;

    /// <summary>The QEMU program for an ELF machine number. Null if none is installed.</summary>
    public static string? InterpreterFor(ushort machine)
    {
        var program = machine switch
        {
            ExecutableCheck.X64 => "qemu-x86_64-static",
            ExecutableCheck.Arm64 => "qemu-aarch64-static",
            _ => null,
        };
        return program is null ? null : Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }

    /// <summary>The request with QEMU in front of the program, if its file needs it.</summary>
    public static SpawnRequest Prepare(SpawnRequest request)
    {
        if (InterpreterFor(request.HostFile ?? request.Path) is not { } interpreter)
            return request;

        return request with
        {
            Path = interpreter,
            Arguments = [interpreter, "-0", request.Arguments[0], request.Path, .. request.Arguments.Skip(1)],
            Interpreter = Path.GetFileName(interpreter),
        };
    }
}
