using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Cli;

/// <summary>Shows a run: for people, or as JSON lines. Calls come one at a time.</summary>
internal interface IRunPrinter
{
    /// <summary>The servers listen.</summary>
    void Begin(RunAddresses addresses);

    /// <summary>Something happened. Must not block for long.</summary>
    void Print(TranscriptEvent item);

    /// <summary>The run is over.</summary>
    void End(RunVerdict verdict);
}

/// <summary>Where the servers of a run listen.</summary>
/// <param name="InvokeApi">An address.</param>
/// <param name="RuntimeApi">Host and port.</param>
/// <param name="Destination">An address. Null where none was started.</param>
/// <param name="Page">An address. Null without a page.</param>
internal sealed record RunAddresses(string InvokeApi, string RuntimeApi, string? Destination, string? Page);
