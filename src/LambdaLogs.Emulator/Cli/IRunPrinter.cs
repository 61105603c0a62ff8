using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Cli;

/// <summary>Prints a run, as text or as JSON lines. Calls do not overlap.</summary>
internal interface IRunPrinter
{
    /// <summary>Called when the servers listen.</summary>
    void Begin(RunAddresses addresses);

    /// <summary>Called for each transcript event. Must not block for long.</summary>
    void Print(TranscriptEvent item);

    /// <summary>Called after the run.</summary>
    void End(RunVerdict verdict);
}

/// <summary>The addresses of a run's servers.</summary>
/// <param name="InvokeApi">The URL of the invoke API.</param>
/// <param name="RuntimeApi">Host and port of the Runtime API.</param>
/// <param name="Destination">The destination's URL. Null if none was started.</param>
/// <param name="Page">The page's URL. Null without a page.</param>
internal sealed record RunAddresses(string InvokeApi, string RuntimeApi, string? Destination, string? Page);
