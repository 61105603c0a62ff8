namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>The result of a request: the value, or why there is none.</summary>
/// <param name="Value">Null: there is none.</param>
/// <param name="Failure">The reason, in one line without secrets. Null: there is a value.</param>
/// <param name="IsCutOff">Whether the limit ended the wait. The request continues with the next call.</param>
internal readonly record struct FetchResult<T>(T? Value, string? Failure, bool IsCutOff = false)
    where T : class
{
    /// <summary>Whether the same request may succeed a moment later, because the service was unreachable or throttled it.</summary>
    public bool MayPass { get; init; }

    /// <summary>Creates a result without a value.</summary>
    /// <param name="why">The reason.</param>
    /// <param name="isCutOff">See <see cref="IsCutOff"/>.</param>
    public static FetchResult<T> Failed(string why, bool isCutOff = false) => new(null, why, isCutOff);

    /// <summary>Leaves the value out, which may be a secret.</summary>
    public override string ToString() => Failure ?? "a value";
}
