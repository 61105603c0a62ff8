using System.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// The bytes before the records: the start of <c>ResourceLogs</c> with the resource, the start of <c>ScopeLogs</c> with the scope, and the
/// tag of the first record. The two lengths are zero until they are filled in.
/// </summary>
internal static class OtlpProtobufHead
{
    const int LengthSize = 5;
    const byte ResourceLogsTag = 0x0A;
    const byte ResourceTag = 0x0A;
    const byte ScopeLogsTag = 0x12;
    const byte ScopeTag = 0x0A;
    const byte ResourceAttributeTag = 0x0A;
    const byte ScopeNameTag = 0x0A;
    const byte KeyTag = 0x0A;
    const byte ValueTag = 0x12;
    const byte StringTag = 0x0A;
    const byte IntTag = 0x18;

    // ResourceLogs begins the body.
    const int ResourceLogsStart = 1 + LengthSize;

    /// <summary>Builds the head.</summary>
    /// <param name="options">Contains the service name and the constant fields.</param>
    /// <param name="identity">Identifies the function.</param>
    public static byte[] Of(FormatOptions options, FunctionIdentity identity)
    {
        var resource = new ConstantText();
        foreach (var (name, text) in OtlpResource.Texts(options, identity))
            resource.Raw(Message(ResourceAttributeTag, Attribute(name, Message(StringTag, Encoding.UTF8.GetBytes(text)))));
        if (OtlpResource.MaxMemory(identity) is { } bytes)
            resource.Raw(Message(ResourceAttributeTag, Attribute("faas.max_memory", [IntTag, .. Number((ulong)bytes)])));

        return new ConstantText()
            .Raw([ResourceLogsTag, 0, 0, 0, 0, 0])
            .Raw(Message(ResourceTag, resource.ToArray()))
            .Raw([ScopeLogsTag, 0, 0, 0, 0, 0])
            .Raw(Message(ScopeTag, Message(ScopeNameTag, Encoding.UTF8.GetBytes(OtlpResource.ScopeName))))
            .Raw([OtlpProtobufFormat.LogRecordTag]).ToArray();
    }

    /// <summary>Fills in the lengths.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="headLength">Length of the head.</param>
    /// <param name="length">Length of the body.</param>
    public static void FillIn(Span<byte> body, int headLength, int length)
    {
        var scopeStart = headLength - ScopeSize;
        ProtobufWriter.FillIn(body.Slice(1, LengthSize), length - ResourceLogsStart);
        ProtobufWriter.FillIn(body.Slice(scopeStart - LengthSize, LengthSize), length - scopeStart);
    }

    /// <summary>
    /// Size from the scope's tag to the end of the head: two tags, two lengths of one byte, the name, the first record's tag.
    /// </summary>
    static int ScopeSize => 4 + OtlpResource.ScopeName.Length + 1;

    static byte[] Attribute(string name, byte[] value) =>
        [.. Message(KeyTag, Encoding.UTF8.GetBytes(name)), .. Message(ValueTag, value)];

    static byte[] Message(byte tag, byte[] content) => [tag, .. Number((ulong)content.Length), .. content];

    static byte[] Number(ulong value)
    {
        var buffer = new byte[10];
        var writer = new ProtobufWriter(buffer);
        writer.Number(value);
        return buffer[..writer.Written];
    }
}
