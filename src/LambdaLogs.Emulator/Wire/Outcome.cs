namespace LambdaLogs.Emulator.Wire;

/// <summary>The outcome of a phase or an invocation.</summary>
/// <param name="Status">
/// <c>success</c>, <c>error</c> (caused by the customer), <c>failure</c> (caused by the platform) or <c>timeout</c>.
/// </param>
/// <param name="ErrorType">For example <c>Runtime.ExitError</c>. Null for success and timeouts.</param>
public sealed record Outcome(string Status, string? ErrorType = null)
{
    public static readonly Outcome Success = new("success");

    public static readonly Outcome Timeout = new("timeout");

    /// <summary>An error caused by the customer.</summary>
    public static Outcome Error(string errorType) => new("error", errorType);

    public bool IsSuccess => Status == "success";
}
