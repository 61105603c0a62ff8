namespace LambdaLogs.Extension.Delivery;

/// <summary>What an attempt says of a batch besides its body.</summary>
/// <param name="Id">Its id, visible ASCII; the same over all attempts.</param>
/// <param name="Tenant">The tenant whose records it holds. Empty: not known, or none.</param>
internal readonly record struct BatchLabel(string Id, string Tenant = "");
