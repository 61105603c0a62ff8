using System.Buffers.Binary;
using System.Text;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Platform;

/// <summary>
/// A file in a directory that others may write to, such as <c>/tmp</c>. It is readable by the owner only, and is read only if it belongs
/// to this user. Symbolic links are never followed. Sources: open(2), statx(2).
/// </summary>
/// <param name="path">The path.</param>
internal sealed unsafe class PrivateFile(string path)
{
    const string Prefix = "/tmp/aws-lambda-logs-http-destination.";

    const int OwnerOnly = 0x180;
    const int TypeMask = 0xF000;
    const int RegularFile = 0x8000;
    const int OthersMask = 0x3F;

    readonly byte[] _path = Encoding.UTF8.GetBytes(path + '\0');
    int _descriptor = -1;

    /// <summary>The file's length in bytes when it was opened for reading.</summary>
    public int Length { get; private set; }

    /// <summary>
    /// A file of the extension in <c>/tmp</c>, the only directory of an environment that is writable and outlives its processes.
    /// </summary>
    /// <param name="functionName">Part of the file's name: outside of Lambda several functions may share one <c>/tmp</c>.</param>
    /// <param name="extension">The end of the file's name, with its point.</param>
    public static PrivateFile OfFunction(string functionName, string extension) => new(Prefix + functionName.Replace('/', '_') + extension);

    /// <summary>Creates the file and replaces an existing one.</summary>
    /// <returns>False if it cannot be written.</returns>
    public bool Create()
    {
        fixed (byte* name = _path)
        {
            // Remove what a previous process left. If the file is not ours, the next call fails.
            _ = LibC.unlink(name);
            var flags = LibC.OpenWriteOnly | LibC.OpenCreate | LibC.OpenExclusive | LibC.OpenNoFollow | LibC.OpenCloseOnExec;
            _descriptor = LibC.open(name, flags, OwnerOnly);
            return _descriptor >= 0;
        }
    }

    /// <summary>Appends bytes.</summary>
    /// <returns>False if writing failed, for example on a full disk; a part may have been written.</returns>
    public bool Append(ReadOnlySpan<byte> bytes) => FileDescriptor.WriteAll(_descriptor, bytes);

    /// <summary>Opens the file for reading and removes its name, so that it is read once.</summary>
    /// <param name="bytesMax">A larger file is removed without being read.</param>
    /// <returns>False if there is no file that belongs to us.</returns>
    public bool Open(long bytesMax)
    {
        fixed (byte* name = _path)
        {
            // Non-blocking: opening a pipe that somebody has created there would wait for its other end.
            _descriptor = LibC.open(name, LibC.OpenReadOnly | LibC.OpenNonBlocking | LibC.OpenNoFollow | LibC.OpenCloseOnExec, 0);
            if (_descriptor < 0)
                return false;

            var isOurs = IsOurs(_descriptor, out var size);
            if (isOurs)
                _ = LibC.unlink(name);
            Length = (int)Math.Min(size, int.MaxValue);
            if (isOurs && size <= bytesMax)
                return true;

            Close();
            return false;
        }
    }

    /// <summary>Reads the next bytes.</summary>
    /// <returns>False if the file ends before the destination is filled.</returns>
    public bool Read(Span<byte> destination)
    {
        fixed (byte* start = destination)
        {
            for (var filled = 0; filled < destination.Length;)
            {
                var count = LibC.read(_descriptor, start + filled, (nuint)(destination.Length - filled));
                if (count <= 0)
                    return false;

                filled += (int)count;
            }
        }

        return true;
    }

    /// <summary>Closes the file.</summary>
    public void Close()
    {
        if (_descriptor >= 0)
            _ = LibC.close(_descriptor);
        _descriptor = -1;
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
}
