using System.Numerics;
using System.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.FieldRules;

/// <summary>Drops and renames members of the attributes, and drops optional fields of records. One thread at a time.</summary>
internal sealed class FieldRule : IRecordSink
{
    readonly IRecordSink _next;
    readonly (bool RequestId, bool TraceId, bool ColdStart, bool Snapshot, bool Attributes) _fields;
    readonly byte[][] _contextDropped;
    readonly ByteBuffer _context = new();
    readonly byte[][][] _dropped;
    readonly (byte[] From, byte[] To)[] _renamed;
    readonly ByteBuffer _output = new();

    /// <summary>Creates the rule.</summary>
    /// <param name="options">The names.</param>
    /// <param name="next">Receives the records.</param>
    public FieldRule(FieldRuleOptions options, IRecordSink next)
    {
        _next = next;
        var names = options.Dropped;
        _fields = (Has("request_id"), Has("trace_id"), Has("cold_start"), Has("snapshot"), Has("attributes"));
        _contextDropped = Array.ConvertAll(Array.FindAll(ContextNames, Has), Escaped);
        bool Has(string name)
        {
            foreach (var dropped in names)
            {
                if (dropped == name)
                    return true;
            }

            return false;
        }

        _dropped = new byte[options.Dropped.Count][][];
        for (var index = 0; index < _dropped.Length; index++)
            _dropped[index] = Array.ConvertAll(options.Dropped[index].Split('.'), Escaped);
        _renamed = new (byte[], byte[])[options.Renamed.Count];
        for (var index = 0; index < _renamed.Length; index++)
            _renamed[index] = (Escaped(options.Renamed[index].Key), Escaped(options.Renamed[index].Value));
    }

    static string[] ContextNames => ["tenant_id", "durable_execution", "operation", "attempt"];

    /// <inheritdoc/>
    public void Add(in LogRecord record)
    {
        _next.Add(record with
        {
            RequestId = _fields.RequestId ? default : record.RequestId,
            TraceId = _fields.TraceId ? default : record.TraceId,
            SpanId = _fields.TraceId ? default : record.SpanId,
            Context = record.Context.IsEmpty || _contextDropped.Length == 0 ? record.Context : ContextOf(record.Context),
            ColdStart = _fields.ColdStart ? null : record.ColdStart,
            Snapshot = !_fields.Snapshot && record.Snapshot,
            Attributes = _fields.Attributes || record.Attributes.IsEmpty ? default : Apply(record.Attributes),
        });
    }

    /// <summary>The members of a context that are not dropped.</summary>
    ReadOnlySpan<byte> ContextOf(ReadOnlySpan<byte> context)
    {
        _output.Clear();
        _output.Add((byte)'{');
        _output.Add(context);
        _output.Add((byte)'}');
        _context.Clear();
        var members = new ObjectWalker(_output.Written);
        while (members.Next())
        {
            var isDropped = false;
            foreach (var name in _contextDropped)
                isDropped |= members.Name.SequenceEqual(name);
            if (isDropped)
                continue;

            if (!_context.Written.IsEmpty)
                _context.Add((byte)',');
            _context.Add((byte)'"');
            _context.Add(members.Name);
            _context.Add("\":"u8);
            _context.Add(members.Value);
        }

        return _context.Written;
    }

    ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> attributes)
    {
        _output.Clear();
        var all = _dropped.Length == 0 ? 0 : ulong.MaxValue >> (FieldRuleOptions.DroppedMax - _dropped.Length);
        return Write(attributes, depth: 0, all) ? _output.Written : default;
    }

    /// <summary>Writes an object without dropped members.</summary>
    /// <param name="json">The object.</param>
    /// <param name="depth">Its nesting depth.</param>
    /// <param name="paths">The paths that lead here, one bit each.</param>
    /// <returns>Whether anything is left.</returns>
    bool Write(ReadOnlySpan<byte> json, int depth, ulong paths)
    {
        var any = false;
        var members = new ObjectWalker(json);
        while (members.Next())
        {
            var leading = MatchPaths(members.Name, depth, paths, out var isDropped);
            if (isDropped)
                continue;

            _output.Add(any ? (byte)',' : (byte)'{');
            any = true;
            _output.Add((byte)'"');
            _output.Add(depth == 0 ? NewName(members.Name) : members.Name);
            _output.Add("\":"u8);
            if (leading == 0 || members.Value[0] != '{')
                _output.Add(members.Value);
            else if (!Write(members.Value, depth + 1, leading))
                _output.Add("{}"u8);
        }

        if (any)
            _output.Add((byte)'}');
        return any;
    }

    ulong MatchPaths(ReadOnlySpan<byte> name, int depth, ulong paths, out bool isDropped)
    {
        var leading = 0UL;
        isDropped = false;
        for (var left = paths; left != 0; left &= left - 1)
        {
            var index = BitOperations.TrailingZeroCount(left);
            var path = _dropped[index];
            if (!name.SequenceEqual(path[depth]))
                continue;

            isDropped |= path.Length == depth + 1;
            leading |= path.Length > depth + 1 ? 1UL << index : 0;
        }

        return leading;
    }

    ReadOnlySpan<byte> NewName(ReadOnlySpan<byte> name)
    {
        foreach (var (from, to) in _renamed)
        {
            if (name.SequenceEqual(from))
                return to;
        }

        return name;
    }

    static byte[] Escaped(string name)
    {
        var plain = Encoding.UTF8.GetBytes(name);
        var escaped = new byte[JsonText.EscapedMax(plain)];
        return escaped[..JsonText.Escape(plain, escaped)];
    }
}
