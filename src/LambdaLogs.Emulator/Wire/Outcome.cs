namespace LambdaLogs.Emulator.Wire;

/// <summary>How a phase or an invocation ended.</summary>
/// <param name="Status"><c>success</c>, <c>error</c> (the customer's side), <c>failure</c> (the platform's) or <c>timeout</c>.</param>
/// <param name="ErrorType">Such as <c>Runtime.ExitError</c>. Null where nothing failed, and for timeouts.</param>
public sealed record Outcome(string Status, string? ErrorType = null)
{
    public static readonly Outcome Success = new("success");

    public static readonly Outcome Timeout = new("timeout");

    /// <summary>An error on the customer's side.</summary>
    public static Outcome Error(string errorType) => new("error", errorType);

    public bool IsSuccess => Status == "success";
}
