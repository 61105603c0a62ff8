using System.Buffers.Binary;

namespace LambdaLogs.Deployment.Tests.Builds;

/// <summary>What the header of an executable or object file says.</summary>
internal static class ElfFile
{
    const int MachineAt = 18;

    /// <summary>The machine it is for, as layers call it.</summary>
    public static string Architecture(string path)
    {
        var head = new byte[MachineAt + 2];
        using var file = File.OpenRead(path);
        file.ReadExactly(head);
        return BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(MachineAt)) switch
        {
            0x3E => "x86_64",
            0xB7 => "arm64",
            var machine => $"machine {machine}",
        };
    }
}
