namespace LambdaLogs.Extension.Telemetry;

/// <summary>The start of an initialisation, from <c>platform.initStart</c>.</summary>
/// <param name="InitializationType">For example <c>on-demand</c>. Empty: not given.</param>
/// <param name="Phase"><c>init</c>, or <c>invoke</c> for an initialisation within an invocation. Empty: not given.</param>
/// <param name="InstanceId">The environment's log stream. Null: not given.</param>
internal sealed record InitStart(string InitializationType, string Phase, string? InstanceId);
