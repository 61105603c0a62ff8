namespace LambdaLogs.Extension.Records;

/// <summary>Takes records as they are read. The seam between the listener and what lies behind it.</summary>
internal interface IRecordSink
{
    /// <summary>
    /// Takes one record. The record's bytes are valid only until the call returns. Never blocks, never throws for what is in the record.
    /// </summary>
    /// <param name="record">The record.</param>
    void Add(in LogRecord record);
}
