namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>
/// A run of letters, digits and a few other bytes. Where several searches begin in the same run, it is looked through once. Of one text
/// and one set of bytes, from lower to higher indexes.
/// </summary>
internal struct Run
{
    int _start;
    int _end;

    /// <summary>Where the run that an index lies in ends.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The index; the same where no run begins there.</param>
    /// <param name="others">What is in the set besides ASCII letters and digits.</param>
    /// <param name="work">Counts the bytes that are looked at.</param>
    public int EndFrom(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> others, WorkMeter work)
    {
        if (at >= _start && at < _end)
            return _end;

        _start = at;
        _end = Bytes.SkipLettersAnd(text, at, others);
        work.Count(_end - at);
        return _end;
    }
}
