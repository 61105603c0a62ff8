namespace LambdaLogs.Extension.Telemetry;

/// <summary>How a library numbers its levels.</summary>
internal enum LevelScale
{
    /// <summary>By magnitude: tens for pino and bunyan, hundreds for Monolog, thousands for logback.</summary>
    BySize,

    /// <summary>Python's <c>logging</c>: 10 is DEBUG, 50 is CRITICAL.</summary>
    Python,

    /// <summary>Syslog, journald and GELF: 0 is the most severe, 7 is debug.</summary>
    Syslog,

    /// <summary>.NET's <c>LogLevel</c>, Serilog, NLog, Semantic Logger: 0 is trace, 5 is critical.</summary>
    Ascending,

    /// <summary>tslog: 0 is silly, 6 is fatal.</summary>
    Tslog,

    /// <summary>Application Insights: 0 is verbose, 4 is critical.</summary>
    Azure,

    /// <summary>OpenTelemetry: 1 to 4 are trace, 21 to 24 fatal.</summary>
    OpenTelemetry,

    /// <summary>Google's <c>LogSeverity</c>: 100 is DEBUG, 800 is EMERGENCY.</summary>
    Google,
}
