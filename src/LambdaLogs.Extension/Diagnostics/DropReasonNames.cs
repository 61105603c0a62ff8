namespace LambdaLogs.Extension.Diagnostics;

/// <summary>The names of the reasons, as used in records and in the summary.</summary>
internal static class DropReasonNames
{
    /// <summary>Returns the name of a reason, for example <c>buffer_full</c>.</summary>
    public static string Of(DropReason reason) => reason switch
    {
        DropReason.BufferFull => "buffer_full",
        DropReason.Rejected => "rejected",
        DropReason.TooLarge => "too_large",
        DropReason.Shutdown => "shutdown",
        _ => "fault",
    };
}
