namespace LambdaLogs.Emulator.Sandbox;

/// <summary>
/// Runs executables of the other architecture of Lambda through qemu's user mode, where it is installed (Debian's package
/// <c>qemu-user-static</c>). It is named in full, so that the kernel needs no entry for the format.
/// </summary>
internal static class ForeignArchitecture
{
    static readonly string[] Folders = ["/usr/bin", "/usr/local/bin"];

    /// <summary>The interpreter for a file.</summary>
    /// <returns>Null where the file needs none, or there is none.</returns>
    /// <param name="path">The file to execute.</param>
    public static string? InterpreterFor(string path) =>
        ExecutableCheck.ForeignMachine(path) is { } machine ? InterpreterFor(machine) : null;

    /// <summary>The interpreter for the machine of an ELF header. Null where there is none here.</summary>
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

    /// <summary>The same request by way of the interpreter, if its file needs one.</summary>
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
