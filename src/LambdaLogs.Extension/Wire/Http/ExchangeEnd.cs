namespace LambdaLogs.Extension.Wire.Http;

/// <summary>Why a call on an exchange returned.</summary>
internal enum ExchangeEnd
{
    /// <summary>The head of the response was received; after a call for the body, the body too.</summary>
    Responded,

    /// <summary>The deadline passed. The exchange can continue.</summary>
    TimedOut,

    /// <summary>The signal was given. The exchange can continue.</summary>
    Interrupted,

    /// <summary>The connection was closed before the response was complete.</summary>
    Closed,

    /// <summary>The response is not HTTP/1.</summary>
    NotHttp,

    /// <summary>The head of the response is too large.</summary>
    HeadTooLarge,
}
