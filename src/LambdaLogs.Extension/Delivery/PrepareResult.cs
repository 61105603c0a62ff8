namespace LambdaLogs.Extension.Delivery;

/// <summary>Whether there are credentials for a request.</summary>
/// <param name="Failure">Why there are none, in one line. Null: there are, or the time was up.</param>
/// <param name="IsCutOff">Whether the limit ended the wait.</param>
internal readonly record struct PrepareResult(string? Failure, bool IsCutOff = false);
