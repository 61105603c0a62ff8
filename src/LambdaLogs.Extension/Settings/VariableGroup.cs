namespace LambdaLogs.Extension.Settings;

/// <summary>The sections of the reference page, in order.</summary>
internal enum VariableGroup
{
    /// <summary>Endpoint and authentication: what most users need.</summary>
    Endpoint,

    /// <summary>Method, headers and compression.</summary>
    Request,

    /// <summary>Signed requests, and credentials in a store.</summary>
    Aws,

    /// <summary>The output format.</summary>
    Format,

    /// <summary>TLS.</summary>
    Tls,

    /// <summary>Proxies.</summary>
    Proxy,

    /// <summary>Retries of failed batches.</summary>
    Retry,

    /// <summary>Which records are forwarded.</summary>
    Selection,

    /// <summary>The rules for records.</summary>
    Rules,

    /// <summary>What the end of an invocation waits for.</summary>
    Flush,

    /// <summary>How records are batched and buffered.</summary>
    Batches,

    /// <summary>The extension itself.</summary>
    Extension,
}
