using System.Buffers;
using System.Globalization;
using System.Text;

namespace LambdaLogs.Emulator.Destination;

/// <summary>Reads HTTP/1.1 requests from one connection. Not thread-safe.</summary>
/// <remarks>Throws InvalidDataException for invalid HTTP and EndOfStreamException if a request is cut off.</remarks>
internal sealed class RequestReader(Stream stream)
{
    const int HeadBytesMax = 64 * 1024;

    readonly byte[] _buffer = new byte[64 * 1024];
    int _start;
    int _end;

    /// <returns>Null if the connection ended between two requests.</returns>
    public async Task<RequestHead?> ReadHeadAsync(CancellationToken cancel)
    {
        var first = await ReadLineAsync(isFirst: true, cancel);
        if (first is null)
            return null;
        if (first.Split(' ') is not [var method, var target, _])
            throw new InvalidDataException($"invalid request line: {first}");

        var headers = new List<KeyValuePair<string, string>>();
        while (await ReadLineAsync(isFirst: false, cancel) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':');
            if (colon <= 0)
                throw new InvalidDataException($"invalid header: {line}");
            headers.Add(new(line[..colon], line[(colon + 1)..].Trim()));
        }

        return new RequestHead(method, target, headers);
    }

    /// <summary>Reads the body into the writer. If the body is cut off, the writer contains what arrived.</summary>
    public async Task ReadBodyAsync(RequestHead head, IBufferWriter<byte> body, CancellationToken cancel)
    {
        if (!head.IsChunked)
        {
            await CopyAsync(head.ContentLength ?? 0, body, cancel);
            return;
        }

        while (true)
        {
            var line = await ReadLineAsync(isFirst: false, cancel) ?? "";
            var size = line.Split(';')[0];
            if (!int.TryParse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var length))
                throw new InvalidDataException($"invalid chunk size: {line}");
            await CopyAsync(length, body, cancel);
            if (length == 0)
                break;

            await ReadLineAsync(isFirst: false, cancel);
        }

        while (await ReadLineAsync(isFirst: false, cancel) is { Length: > 0 })
        {
        }
    }

    /// <summary>Reads and discards data until the peer closes the connection.</summary>
    public async Task DrainAsync(CancellationToken cancel)
    {
        _start = _end = 0;
        while (await stream.ReadAsync(_buffer, cancel) > 0)
        {
        }
    }

    async Task CopyAsync(long count, IBufferWriter<byte> body, CancellationToken cancel)
    {
        while (count > 0)
        {
            if (_start == _end && !await FillAsync(cancel))
                throw new EndOfStreamException("the connection was closed within the body");

            var part = (int)Math.Min(count, _end - _start);
            body.Write(_buffer.AsSpan(_start, part));
            _start += part;
            count -= part;
        }
    }

    async Task<string?> ReadLineAsync(bool isFirst, CancellationToken cancel)
    {
        var line = new StringBuilder();
        while (true)
        {
            var end = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start);
            if (end >= 0)
            {
                line.Append(Encoding.Latin1.GetString(_buffer, _start, end - _start));
                _start = end + 1;
                return line.ToString().TrimEnd('\r');
            }

            line.Append(Encoding.Latin1.GetString(_buffer, _start, _end - _start));
            _start = _end;
            if (line.Length > HeadBytesMax)
                throw new InvalidDataException("the request head is too long");
            if (await FillAsync(cancel))
                continue;

            return isFirst && line.Length == 0 ? null : throw new EndOfStreamException("the connection was closed within the request head");
        }
    }

    async Task<bool> FillAsync(CancellationToken cancel)
    {
        _start = 0;
        _end = await stream.ReadAsync(_buffer, cancel);
        return _end > 0;
    }
}
