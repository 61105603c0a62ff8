using System.Diagnostics;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Encoded records on their way to the endpoint: one body, written once, in a buffer that is used again for later batches.
/// Not thread-safe: guarded by the queue's gate while it is open; unchanged once it is sealed.
/// </summary>
internal sealed class Batch
{
    // Below this a buffer grows by doubling.
    const int SmallBufferBytes = 64 * 1024;

    readonly List<int> _ends = [];
    byte[] _bytes = [];
    int _head;
    int _length;
    int _tail;
    int _bodyBytesMax;

    /// <summary>Its id, the same over all attempts. Null until the first one: a clone of a snapshot must not share it.</summary>
    public string? Id { get; set; }

    /// <summary>How many records it holds.</summary>
    public int Records => _ends.Count;

    /// <summary>Bytes written so far, without the envelope's end.</summary>
    public int Length => _length;

    /// <summary>Bytes of its records, separators included: what it counts for in the buffer.</summary>
    public int RecordBytes => _length - _head;

    /// <summary>When its first record came, by the monotonic clock.</summary>
    public long OpenedAt { get; set; }

    /// <summary>How often sending it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>How many of its records are reports of drops.</summary>
    public int Reports { get; set; }

    /// <summary>Whether the envelope's end has been written.</summary>
    public bool IsSealed => _tail > 0;

    /// <summary>Starts it with the envelope's head.</summary>
    /// <param name="head">The head.</param>
    /// <param name="bodyBytesMax">The largest body it is expected to become.</param>
    public void Start(ReadOnlySpan<byte> head, int bodyBytesMax = 0)
    {
        _bodyBytesMax = bodyBytesMax;
        head.CopyTo(Room(head.Length));
        _head = _length = head.Length;
    }

    /// <summary>Room behind what is written, at least <paramref name="size"/> bytes.</summary>
    public Span<byte> Room(int size)
    {
        Debug.Assert(!IsSealed, "a sealed batch never changes");
        if (_bytes.Length - _length < size)
            Grow(Math.Max(_length + size, NextSize()));
        return _bytes.AsSpan(_length);
    }

    /// <summary>
    /// Small bodies get small buffers. A larger one gets room for the largest body at once: to double on and on would leave a trail of
    /// large buffers behind, and pages that nobody writes to cost nothing.
    /// </summary>
    int NextSize()
    {
        var doubled = Math.Max(8 * 1024, _bytes.Length * 2);
        return doubled > SmallBufferBytes ? Math.Max(doubled, _bodyBytesMax) : doubled;
    }

    void Grow(int size)
    {
        var larger = GC.AllocateUninitializedArray<byte>(size);
        _bytes.AsSpan(0, _length).CopyTo(larger);
        _bytes = larger;
    }

    /// <summary>A record of <paramref name="written"/> bytes, its separator included, has been written into <see cref="Room"/>.</summary>
    public void Commit(int written)
    {
        _length += written;
        _ends.Add(_length);
    }

    /// <summary>All that is written, from the head on, with at least <paramref name="size"/> bytes of room behind it.</summary>
    public Span<byte> Whole(int size)
    {
        Room(size);
        return _bytes;
    }

    /// <summary>The envelope's end has been written behind the records.</summary>
    public void Seal(int tailBytes) => _tail = tailBytes;

    /// <summary>The whole body.</summary>
    public ReadOnlyMemory<byte> Body => _bytes.AsMemory(0, _length + _tail);

    /// <summary>One record, without separator.</summary>
    public ReadOnlySpan<byte> Record(int index)
    {
        // Behind the first record each begins with its comma.
        var start = index == 0 ? _head : _ends[index - 1] + 1;
        return _bytes.AsSpan(start, _ends[index] - start);
    }

    /// <summary>Where each record ends.</summary>
    public IReadOnlyList<int> Ends => _ends;

    /// <summary>Makes it the sealed batch that another process had.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="body">The whole body.</param>
    /// <param name="ends">Where each record ends.</param>
    /// <param name="headBytes">Size of the envelope's head.</param>
    /// <param name="length">Size of the body without the envelope's end.</param>
    public void Restore(string id, ReadOnlySpan<byte> body, List<int> ends, int headBytes, int length)
    {
        Id = id;
        _bytes = body.ToArray();
        _ends.AddRange(ends);
        _head = headBytes;
        _length = length;
        _tail = body.Length - length;
    }

    /// <summary>Empties it for its next use.</summary>
    /// <param name="keptBytesMax">A larger buffer is given back.</param>
    public void Clear(int keptBytesMax)
    {
        if (_bytes.Length > keptBytesMax)
            _bytes = [];
        _ends.Clear();
        _head = _length = _tail = Attempts = Reports = 0;
        Id = null;
    }
}
