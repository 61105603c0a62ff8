namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>What came of asking for something: the value, or why there is none.</summary>
/// <param name="Value">Null: there is none.</param>
/// <param name="Failure">In words, one line without secrets. Null: there is a value.</param>
/// <param name="IsCutOff">The limit ended the waiting; the question goes on with the next call.</param>
internal readonly record struct Fetched<T>(T? Value, string? Failure, bool IsCutOff = false)
    where T : class
{
    /// <summary>There is none.</summary>
    /// <param name="why">In words.</param>
    /// <param name="isCutOff">See <see cref="IsCutOff"/>.</param>
    public static Fetched<T> Failed(string why, bool isCutOff = false) => new(null, why, isCutOff);

    /// <summary>The value would print itself.</summary>
    public override string ToString() => Failure ?? typeof(T).Name;
}
