namespace LambdaLogs.Extension.Wire.Http;

/// <summary>What ended a part of an exchange.</summary>
internal enum ExchangeEnd
{
    /// <summary>The head of the response is there; where the body was asked for, the body too.</summary>
    Responded,

    /// <summary>The deadline has passed. The exchange can go on.</summary>
    TimedOut,

    /// <summary>The signal was given. The exchange can go on.</summary>
    Interrupted,

    /// <summary>The connection ended before the response was there.</summary>
    Closed,

    /// <summary>What came is no HTTP/1.</summary>
    NotHttp,

    /// <summary>The head of the response is larger than any that makes sense.</summary>
    HeadTooLarge,
}
