using System.Text;

namespace LambdaLogs.Extension.Tests.Contract.Fuzz;

/// <summary>One change of a text's bytes: some are taken out, others put in their place.</summary>
/// <param name="At">Where, counted in bytes; taken modulo the text's length, so that it fits whatever edits came before.</param>
/// <param name="Removed">How many are taken out, as far as there are as many.</param>
/// <param name="Inserted">What is put in.</param>
internal sealed record Edit(int At, int Removed, byte[] Inserted)
{
    const string Seam = "},{\"time\":\"2026-03-14T09:26:53.102Z\",\"type\":\"function\",\"record\":";

    /// <summary>What hurts readers of JSON, of UTF-8 and of telemetry.</summary>
    static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "\"", "\\", "{", "}", "[", "]", ",", ":", "\n", "\0", "\u001f", " ", "\\u0000", "\\ud83d", "\\ude80", "\\u12", "\\x", "null", "true", "-",
            "1e999", "0123456789012345678901234567890", "\"record\":", "\"type\":\"function\"", "\"time\":\"\"", "\"message\":", "}]", "}}", "]]", Seam,
            "\"type\":\"platform.runtimeDone\"", "\uFEFF", "\u2028", "🚀", "{\"a\":{\"a\":{\"a\":", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x9F], [0xC0, 0x80],
    ];

    /// <summary>Makes one up.</summary>
    public static Edit Make(Random random)
    {
        var at = random.Next(1 << 24);
        return random.Next(6) switch
        {
            0 => new Edit(at, 1, [(byte)random.Next(256)]),
            1 => new Edit(at, random.Next(1, 4), []),
            2 => new Edit(at, random.Next(1, 200), []),
            3 => new Edit(at, random.Next(3), Tokens[random.Next(Tokens.Length)]),
            4 => new Edit(at, 0, [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => (byte)random.Next(256))]),
            _ => new Edit(at, 0, Tokens[random.Next(Tokens.Length)]),
        };
    }

    /// <summary>Changes a text.</summary>
    public byte[] Apply(byte[] text)
    {
        var at = text.Length == 0 ? 0 : At % text.Length;
        return [.. text[..at], .. Inserted, .. text[Math.Min(at + Removed, text.Length)..]];
    }
}
