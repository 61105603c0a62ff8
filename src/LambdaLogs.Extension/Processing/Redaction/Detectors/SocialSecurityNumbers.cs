namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>US social security numbers: <c>123-45-6789</c>, except numbers that are never issued.</summary>
internal static class SocialSecurityNumbers
{
    const int Length = 11;

    /// <inheritdoc cref="Detector"/>
    public static void Find(ReadOnlySpan<byte> text, RangeList found, WorkMeter work)
    {
        work.Count(text.Length);
        for (var at = 0; ;)
        {
            var next = text[at..].IndexOf((byte)'-');
            if (next < 0)
                return;

            var start = at + next - 3;
            at += next + 1;
            work.Count(Length);
            if (start < 0 || start + Length > text.Length || !IsNumber(text.Slice(start, Length)))
                continue;

            if (!IsMore(text, start - 1) && !IsMore(text, start + Length))
                found.Add(start, start + Length);
        }
    }

    static bool IsNumber(ReadOnlySpan<byte> text)
    {
        for (var index = 0; index < Length; index++)
        {
            if (index is 3 or 6 ? text[index] != '-' : !TextBytes.IsDigit(text, index))
                return false;
        }

        var area = text[..3];
        return !area.SequenceEqual("000"u8) && !area.SequenceEqual("666"u8) && area[0] != '9'
            && !text[4..6].SequenceEqual("00"u8) && !text[7..].SequenceEqual("0000"u8);
    }

    /// <summary>Whether a longer word or number continues here.</summary>
    static bool IsMore(ReadOnlySpan<byte> text, int at) => TextBytes.IsWord(text, at) || ((uint)at < (uint)text.Length && text[at] == '-');
}
