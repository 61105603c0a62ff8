namespace LambdaLogs.Extension.Delivery;

/// <summary>Whether there is something to prove with who sends.</summary>
/// <param name="Failure">Why there is not, in one line. Null: there is, or the time was over.</param>
/// <param name="IsCutOff">The limit ended the waiting: nobody has said no.</param>
internal readonly record struct Preparation(string? Failure, bool IsCutOff = false);
