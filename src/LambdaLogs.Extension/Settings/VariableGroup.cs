namespace LambdaLogs.Extension.Settings;

/// <summary>The chapters of the reference page, in their order.</summary>
internal enum VariableGroup
{
    /// <summary>Where logs go and who sends them: what most users need.</summary>
    Endpoint,

    /// <summary>How requests look.</summary>
    Request,

    /// <summary>Signed requests, and credentials in a store.</summary>
    Aws,

    /// <summary>How records are written.</summary>
    Format,

    /// <summary>TLS.</summary>
    Tls,

    /// <summary>Proxies.</summary>
    Proxy,

    /// <summary>What happens when a batch does not get through.</summary>
    Retry,

    /// <summary>Which records are forwarded.</summary>
    Selection,

    /// <summary>What else is left out, and how the rest is cleaned.</summary>
    Rules,

    /// <summary>What the end of an invocation waits for.</summary>
    Flush,

    /// <summary>How records are gathered and how many are kept.</summary>
    Batches,

    /// <summary>The extension itself.</summary>
    Extension,
}
