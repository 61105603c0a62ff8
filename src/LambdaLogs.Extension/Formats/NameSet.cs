using System.Buffers.Binary;
using System.Numerics;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// A set of the names in a record's objects, as 64-bit hashes in one table. Each operation takes bounded time: if many hashes collide, a
/// name may be reported as present although it is not. One thread at a time.
/// </summary>
internal sealed class NameSet
{
    const int SlotsMin = 64;
    const int SlotsMax = 64 * 1024;
    const int ProbesMax = 24;

    ulong[] _slots = [];
    int _mask;
    int _count;

    /// <summary>Clears the set.</summary>
    /// <param name="names">The largest number of names. With more than three quarters of 65 536 they are not compared.</param>
    public void Reset(int names)
    {
        var size = (int)Math.Clamp(BitOperations.RoundUpToPowerOf2((uint)Math.Min(names, SlotsMax) * 2), SlotsMin, SlotsMax);
        if (_slots.Length < size)
            _slots = new ulong[size];
        else
            _slots.AsSpan(0, size).Clear();
        _mask = size - 1;
        _count = 0;
    }

    /// <summary>Adds a name.</summary>
    /// <param name="hash">Its hash.</param>
    /// <returns>False if it is already present.</returns>
    public bool TryAdd(ulong hash)
    {
        if (_count > _mask / 4 * 3)
            return true;

        for (var probe = 0; probe < ProbesMax; probe++)
        {
            ref var slot = ref _slots[(int)(hash >> 20) + probe & _mask];
            if (slot == hash)
                return false;

            if (slot != 0)
                continue;

            slot = hash;
            _count++;
            return true;
        }

        return false;
    }

    /// <summary>Whether a name is present.</summary>
    public bool Contains(ulong hash)
    {
        for (var probe = 0; probe < ProbesMax; probe++)
        {
            var slot = _slots[(int)(hash >> 20) + probe & _mask];
            if (slot == hash || slot == 0)
                return slot == hash;
        }

        return true;
    }

    /// <summary>Returns the hash of a name in an object; never zero.</summary>
    /// <param name="place">Identifies the object by its start: the same name in another object is different.</param>
    /// <param name="name">The unescaped name.</param>
    public static ulong Hash(int place, ReadOnlySpan<byte> name)
    {
        var hash = Mix((uint)name.Length | (ulong)(uint)place << 32);
        for (; name.Length >= sizeof(ulong); name = name[sizeof(ulong)..])
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(name));
        foreach (var last in name)
            hash = Mix(hash ^ last);
        return hash == 0 ? 1 : hash;
    }

    static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value ^ 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, out var low);
        return high ^ low;
    }
}
