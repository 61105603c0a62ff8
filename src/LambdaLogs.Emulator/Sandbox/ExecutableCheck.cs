using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Checks whether this machine can execute a file.</summary>
internal static class ExecutableCheck
{
    /// <summary>The ELF machine numbers of Lambda's architectures.</summary>
    public const ushort X64 = 62, Arm64 = 183;

    const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Checks an executable.</summary>
    /// <returns>The problem. Null if there is none.</returns>
    public static string? Validate(string path)
    {
        if (Directory.Exists(path))
            return $"{path}: a directory; expected an executable file";
        if (!File.Exists(path))
            return $"{path}: no such file";
        if ((File.GetUnixFileMode(path) & AnyExecute) == 0)
            return $"{path}: not executable; run chmod +x";

        return ForeignMachine(path) is { } machine && ForeignArchitecture.InterpreterFor(machine) is null
            ? $"{path}: wrong architecture ({Name(machine)}; this machine is {Name(OwnMachine)})"
            : null;
    }

    /// <summary>The reason behind the system's "exec format error".</summary>
    /// <param name="path">The file.</param>
    public static string FormatOf(string path) => ElfMachine(path) switch
    {
        null => "it is neither an ELF executable nor a script that starts with #!",
        { } machine when machine != OwnMachine => $"it is for {Name(machine)}, and this machine is {Name(OwnMachine)}",
        _ => "it is an ELF file for this machine, but the kernel does not execute it",
    };

    /// <summary>
    /// The machine number of an ELF file for another architecture. Null if it is for this one, or is a script or not an ELF file.
    /// </summary>
    public static ushort? ForeignMachine(string path) =>
        File.Exists(path) && ElfMachine(path) is { } machine && machine != OwnMachine ? machine : null;

    static ushort OwnMachine => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? Arm64 : X64;

    static string Name(ushort machine) => machine switch
    {
        X64 => "x86_64",
        Arm64 => "arm64",
        _ => $"ELF machine {machine}",
    };

    /// <returns>Null if the file is not an ELF file.</returns>
    static ushort? ElfMachine(string path)
    {
        Span<byte> head = stackalloc byte[20];
        using var file = File.OpenRead(path);
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.StartsWith("\u007fELF"u8))
            return null;

        return BinaryPrimitives.ReadUInt16LittleEndian(head[18..]);
    }
}
