using System.Buffers.Binary;
using System.Text;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Platform;

/// <summary>
/// A file in a directory that others may write to, as <c>/tmp</c>: owner only, written whole or not at all, and read only where it is
/// ours. A link is never followed. Sources: open(2), statx(2).
/// </summary>
/// <param name="path">Where it is.</param>
internal sealed unsafe class PrivateFile(string path)
{
    const int OwnerOnly = 0x180;
    const int TypeMask = 0xF000;
    const int RegularFile = 0x8000;
    const int OthersMask = 0x3F;

    readonly byte[] _path = Encoding.UTF8.GetBytes(path + '\0');
    readonly byte[] _draft = Encoding.UTF8.GetBytes(path + ".new\0");

    /// <summary>Writes it, in place of what was there.</summary>
    /// <returns>False where it cannot be written, for example on a full disk; nothing of it is left then.</returns>
    public bool Write(ReadOnlySpan<byte> content)
    {
        fixed (byte* target = _path, draft = _draft)
        {
            // What a killed process has left; where it is not ours, the next call fails.
            _ = LibC.unlink(draft);
            var flags = LibC.OpenWriteOnly | LibC.OpenCreate | LibC.OpenExclusive | LibC.OpenNoFollow | LibC.OpenCloseOnExec;
            var descriptor = LibC.open(draft, flags, OwnerOnly);
            if (descriptor < 0)
                return false;

            var written = Descriptor.WriteAll(descriptor, content);
            _ = LibC.close(descriptor);
            if (written && LibC.rename(draft, target) == 0)
                return true;

            _ = LibC.unlink(draft);
            return false;
        }
    }

    /// <summary>Reads and removes it.</summary>
    /// <param name="bytesMax">A larger file is removed unread.</param>
    /// <returns>Null where there is none, or none of ours.</returns>
    public byte[]? Take(long bytesMax)
    {
        fixed (byte* name = _path)
        {
            // Without blocking: to open a pipe that somebody has put there would wait for its other end.
            var descriptor = LibC.open(name, LibC.OpenReadOnly | LibC.OpenNonBlocking | LibC.OpenNoFollow | LibC.OpenCloseOnExec, 0);
            if (descriptor < 0)
                return null;

            byte[]? content = null;
            if (IsOurs(descriptor, out var size))
            {
                content = size <= bytesMax ? ReadAll(descriptor, (int)size) : null;
                _ = LibC.unlink(name);
            }

            _ = LibC.close(descriptor);
            return content;
        }
    }

    static bool IsOurs(int descriptor, out long size)
    {
        // struct statx: mask, blksize, attributes (8), nlink at 16, uid at 20, gid at 24, mode at 28, size at 40; the same on every
        // architecture.
        Span<byte> status = stackalloc byte[256];
        size = 0;
        fixed (byte* result = status, empty = "\0"u8)
        {
            if (LibC.statx(descriptor, empty, LibC.StatEmptyPath, LibC.StatBasic, result) != 0)
                return false;
        }

        var mode = BinaryPrimitives.ReadUInt16LittleEndian(status[28..]);
        size = BinaryPrimitives.ReadInt64LittleEndian(status[40..]);
        var isOwner = BinaryPrimitives.ReadUInt32LittleEndian(status[20..]) == LibC.geteuid();
        return isOwner && (mode & TypeMask) == RegularFile && (mode & OthersMask) == 0;
    }

    static byte[]? ReadAll(int descriptor, int size)
    {
        var content = new byte[size];
        fixed (byte* start = content)
        {
            for (var filled = 0; filled < size;)
            {
                var count = LibC.read(descriptor, start + filled, (nuint)(size - filled));
                if (count <= 0)
                    return null;

                filled += (int)count;
            }
        }

        return content;
    }
}
