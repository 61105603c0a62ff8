namespace LambdaLogs.Extension.Records;

/// <summary>Receives records as they are read.</summary>
internal interface IRecordSink
{
    /// <summary>
    /// Receives one record. Its bytes are valid only until the call returns. Must not block, and must not throw because of the record's
    /// content.
    /// </summary>
    /// <param name="record">The record.</param>
    void Add(in LogRecord record);
}
