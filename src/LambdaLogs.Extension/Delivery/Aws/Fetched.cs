namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>What came of asking for something: the value, or why there is none.</summary>
/// <param name="Value">Null: there is none.</param>
/// <param name="Failure">In words, one line without secrets. Null: there is a value.</param>
internal readonly record struct Fetched<T>(T? Value, string? Failure)
    where T : class
{
    /// <summary>There is none.</summary>
    /// <param name="why">In words.</param>
    public static Fetched<T> Failed(string why) => new(null, why);

    /// <summary>The value would print itself.</summary>
    public override string ToString() => Failure ?? typeof(T).Name;
}
