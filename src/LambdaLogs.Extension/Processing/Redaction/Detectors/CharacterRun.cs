namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>
/// The extent of a run of letters, digits and a few other bytes, cached so that several searches within one run scan it once. For one text
/// and one set of bytes, with ascending indices.
/// </summary>
internal struct CharacterRun
{
    int _start;
    int _end;

    /// <summary>Returns the end of the run that contains an index.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The index; returned if no run starts there.</param>
    /// <param name="others">The bytes of the set besides ASCII letters and digits.</param>
    /// <param name="work">Counts the examined bytes.</param>
    public int EndFrom(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> others, WorkMeter work)
    {
        if (at >= _start && at < _end)
            return _end;

        _start = at;
        _end = TextBytes.SkipLettersAnd(text, at, others);
        work.Count(_end - at);
        return _end;
    }
}
