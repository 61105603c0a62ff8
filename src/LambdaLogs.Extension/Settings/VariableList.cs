namespace LambdaLogs.Extension.Settings;

/// <summary>All variables, for documentation. Not used at start-up, where each variable is read by itself.</summary>
internal static class VariableList
{
    /// <summary>Every variable, in the order of the reference page.</summary>
    public static IReadOnlyList<Variable> All => [.. Sending, .. Logs];

    /// <summary>The variables of sending.</summary>
    static Variable[] Sending =>
    [
        HttpVariables.Endpoint,
        HttpVariables.AuthType,
        HttpVariables.AuthUserName,
        HttpVariables.AuthCredentials,
        HttpVariables.AuthHeaderName,
        HttpVariables.Timeout,
        HttpVariables.TestMode,
        TransportVariables.Method,
        TransportVariables.Headers,
        TransportVariables.BodyCompression,
        TransportVariables.Version,
        AwsVariables.SigningService,
        AwsVariables.SigningRegion,
        AwsVariables.Refresh,
        FormatVariables.Format,
        FormatVariables.ServiceName,
        FormatVariables.Fields,
        FormatVariables.ElasticsearchIndex,
        FormatVariables.ElasticsearchIds,
        FormatVariables.SplunkIndex,
        FormatVariables.SplunkSourceType,
        FormatVariables.LokiTenant,
        HttpVariables.TlsCa,
        TransportVariables.TlsCert,
        TransportVariables.TlsKey,
        TransportVariables.TlsVerify,
        TransportVariables.HttpsProxy,
        TransportVariables.HttpProxy,
        TransportVariables.AllProxy,
        TransportVariables.NoProxy,
        HttpVariables.RetryAttempts,
        HttpVariables.RetryInitialBackoff,
        HttpVariables.RetryMaxBackoff,
        HttpVariables.RetryStatusCodes,
    ];

    /// <summary>The variables of selection and flow.</summary>
    static Variable[] Logs =>
    [
        LogsVariables.PlatformEvents,
        ProcessingVariables.Types,
        ProcessingVariables.ParseJson,
        .. ProcessingVariables.Rules,
        LogsVariables.FlushModes,
        LogsVariables.FlushTimeout,
        LogsVariables.FlushGrace,
        LogsVariables.BatchMaxBytes,
        LogsVariables.BatchMaxRecords,
        LogsVariables.BatchLinger,
        LogsVariables.BufferMaxBytes,
        LogsVariables.BufferWhenFull,
        LogsVariables.SpillMaxBytes,
        LogsVariables.Check,
        LogsVariables.Metrics,
        LogsVariables.Config,
        LogsVariables.Strict,
        LogsVariables.ExtensionLogLevel,
    ];

    /// <summary>Returns a section's title.</summary>
    /// <param name="group">The section.</param>
    public static string TitleOf(VariableGroup group) => group switch
    {
        VariableGroup.Endpoint => "The endpoint",
        VariableGroup.Request => "Requests",
        VariableGroup.Aws => "AWS signatures and stored credentials",
        VariableGroup.Format => "How records are written",
        VariableGroup.Tls => "TLS",
        VariableGroup.Proxy => "Proxies",
        VariableGroup.Retry => "Retry",
        VariableGroup.Selection => "Platform events",
        VariableGroup.Rules => "Rules",
        VariableGroup.Flush => "Flush at the end of an invocation",
        VariableGroup.Batches => "Batches and buffer",
        VariableGroup.Extension => "The extension",
        _ => throw new ArgumentOutOfRangeException(nameof(group)),
    };
}
