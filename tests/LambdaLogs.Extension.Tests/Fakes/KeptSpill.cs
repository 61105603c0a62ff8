using LambdaLogs.Extension.Pipeline;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>Keeps a spill in memory, as the disk of a sandbox does over a reset.</summary>
internal sealed class KeptSpill : ISpillStore
{
    byte[] _read = [];
    int _at;

    /// <summary>What is kept. Null: nothing.</summary>
    public byte[]? Content { get; set; }

    /// <summary>How many bytes there is room for. Default: any.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>Called before each piece is kept.</summary>
    public Action OnAppend { get; set; } = () => { };

    public bool Create()
    {
        Content = [];
        return Room > 0;
    }

    public bool Append(ReadOnlySpan<byte> piece)
    {
        OnAppend();
        var kept = (int)Math.Min(piece.Length, Room - Content!.Length);
        Content = [.. Content, .. piece[..kept]];
        return kept == piece.Length;
    }

    public bool Open()
    {
        (_read, _at) = (Content ?? [], 0);
        var isThere = Content is not null;
        Content = null;
        return isThere;
    }

    public bool Read(Span<byte> destination)
    {
        if (_read.Length - _at < destination.Length)
            return false;

        _read.AsSpan(_at, destination.Length).CopyTo(destination);
        _at += destination.Length;
        return true;
    }

    public void Close()
    {
    }
}
