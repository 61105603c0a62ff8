using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Platform;

namespace LambdaLogs.Extension;

/// <summary>The spill file in <c>/tmp</c>.</summary>
/// <param name="functionName">Part of the file's name.</param>
/// <param name="bytesMax">The largest file that is read, in bytes.</param>
internal sealed class SpillFile(string functionName, long bytesMax) : ISpillStore
{
    readonly PrivateFile _file = PrivateFile.OfFunction(functionName, ".spill");

    /// <inheritdoc/>
    public bool Create() => _file.Create();

    /// <inheritdoc/>
    public bool Append(ReadOnlySpan<byte> piece) => _file.Append(piece);

    /// <inheritdoc/>
    public bool Open() => _file.Open(bytesMax);

    /// <inheritdoc/>
    public bool Read(Span<byte> destination) => _file.Read(destination);

    /// <inheritdoc/>
    public void Close() => _file.Close();
}
