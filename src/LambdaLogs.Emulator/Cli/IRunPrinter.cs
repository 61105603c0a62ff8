using LambdaLogs.Emulator.Scenarios;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Cli;

/// <summary>Shows a run: for people, or as JSON lines. Calls come one at a time.</summary>
internal interface IRunPrinter
{
    /// <summary>The servers listen.</summary>
    void Begin(EmulatedLambda lambda);

    /// <summary>Something happened. Must not block for long.</summary>
    void Print(TranscriptEvent item);

    /// <summary>The run is over.</summary>
    void End(ScenarioResult result);
}
