using LambdaLogs.Extension.Pipeline;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>Keeps a spill in memory, as the disk of a sandbox does over a reset.</summary>
internal sealed class KeptSpill : ISpillStore
{
    /// <summary>What is kept. Null: nothing.</summary>
    public byte[]? Content { get; set; }

    /// <summary>Whether the disk is full.</summary>
    public bool IsFull { get; set; }

    public bool Keep(ReadOnlySpan<byte> content)
    {
        if (IsFull)
            return false;

        Content = content.ToArray();
        return true;
    }

    public byte[]? Take()
    {
        var content = Content;
        Content = null;
        return content;
    }
}
