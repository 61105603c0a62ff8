using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Whether a file can be executed here, before it is tried.</summary>
internal static class ExecutableCheck
{
    /// <summary>The machines of Lambda, as the header of an ELF file has them.</summary>
    public const ushort X64 = 62, Arm64 = 183;

    const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Says what is wrong with an executable.</summary>
    /// <returns>Null where nothing is.</returns>
    public static string? Problem(string path)
    {
        if (!File.Exists(path))
            return $"{path}: no such file";
        if ((File.GetUnixFileMode(path) & AnyExecute) == 0)
            return $"{path}: not executable (chmod +x it)";

        return ForeignMachine(path) is { } machine && ForeignArchitecture.InterpreterFor(machine) is null
            ? $"{path}: wrong architecture ({Name(machine)}; this machine is {Name(OwnMachine)})"
            : null;
    }

    /// <summary>What is behind the system's "exec format error", which does not say.</summary>
    /// <param name="path">The file.</param>
    public static string FormatOf(string path) => ElfMachine(path) switch
    {
        null => "it is neither an ELF executable nor a script that begins with #!",
        { } machine when machine != OwnMachine => $"it is for {Name(machine)}, and this machine is {Name(OwnMachine)}",
        _ => "it is an ELF file for this machine that the kernel does not take",
    };

    /// <summary>The machine that an ELF file is for. Null where it is this one, or the file is a script or none at all.</summary>
    public static ushort? ForeignMachine(string path) =>
        File.Exists(path) && ElfMachine(path) is { } machine && machine != OwnMachine ? machine : null;

    static ushort OwnMachine => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? Arm64 : X64;

    static string Name(ushort machine) => machine switch
    {
        X64 => "x86_64",
        Arm64 => "arm64",
        _ => $"ELF machine {machine}",
    };

    /// <returns>Null where it is no ELF file.</returns>
    static ushort? ElfMachine(string path)
    {
        Span<byte> head = stackalloc byte[20];
        using var file = File.OpenRead(path);
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.StartsWith("\u007fELF"u8))
            return null;

        return BinaryPrimitives.ReadUInt16LittleEndian(head[18..]);
    }
}
