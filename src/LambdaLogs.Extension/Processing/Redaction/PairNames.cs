namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>The member names for the value in a list of pairs: <c>{"name":"Cookie","value":"…"}</c>. Pure.</summary>
internal static class PairNames
{
    /// <summary>Whether a member's name is one of them.</summary>
    public static bool IsValue(ReadOnlySpan<byte> name) =>
        System.Text.Ascii.EqualsIgnoreCase(name, "value"u8) || System.Text.Ascii.EqualsIgnoreCase(name, "values"u8)
        || System.Text.Ascii.EqualsIgnoreCase(name, "val"u8) || System.Text.Ascii.EqualsIgnoreCase(name, "v"u8)
        || System.Text.Ascii.EqualsIgnoreCase(name, "stringValue"u8);
}
