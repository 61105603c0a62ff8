namespace LambdaLogs.Extension.Delivery;

/// <summary>The method of the requests.</summary>
internal enum SendMethod
{
    /// <summary>POST, what nearly every endpoint takes.</summary>
    Post,

    /// <summary>PUT.</summary>
    Put,
}
