using System.Globalization;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Cli;

/// <summary>Prints the run as text: a line per event, then a table of the invocations.</summary>
/// <param name="output">Receives the text.</param>
/// <param name="isVerbose">True: platform events and telemetry deliveries are printed too.</param>
internal sealed class TextPrinter(TextWriter output, bool isVerbose) : IRunPrinter
{
    const int ShownCharactersMax = 160;

    public void Begin(RunAddresses addresses)
    {
        output.WriteLine($"invoke API: {addresses.InvokeApi}");
        output.WriteLine($"runtime API: http://{addresses.RuntimeApi}");
        if (addresses.Destination is { } destination)
            output.WriteLine($"destination: {destination}");
        if (addresses.Page is { } page)
            output.WriteLine($"page: {page}");
        output.WriteLine();
    }

    public void Print(TranscriptEvent item)
    {
        if (isVerbose || item.Kind is not (TranscriptKind.Platform or TranscriptKind.Telemetry or TranscriptKind.ApiCall))
            output.WriteLine(TranscriptText.Line(item));
    }

    public void End(RunVerdict verdict)
    {
        var result = verdict.Result;
        output.WriteLine();
        if (result.InitDuration is { } init)
            output.WriteLine(Text($"init: {init.TotalMilliseconds:0.0} ms"));
        foreach (var extension in result.Extensions)
            output.WriteLine(Describe(extension));
        foreach (var report in result.Reports)
            output.WriteLine(report.Line);
        if (result.Invocations.Count > 0)
            PrintTable(result.Invocations);
        foreach (var expectation in verdict.Expectations)
            output.WriteLine(expectation.Failure is { } why ? $"NOT MET: {expectation.Name}: {why}" : $"met: {expectation.Name}");
        if (verdict.Failure is { } failure)
            output.WriteLine($"failed: {VisibleText.Line(failure)}");
    }

    static string Describe(ExtensionTranscript extension)
    {
        var registered = extension.RegisteredAt - extension.StartedAt is { } took
            ? Text($"registered after {took.TotalMilliseconds:0.0} ms")
            : "did not register";
        var peak = Text($"{extension.PeakResidentBytes / 1048576.0:0.0} MB");
        var end = extension.ExitCode is { } code ? Text($"ended with {code}") : "never ended";
        return $"extension {extension.Name}: {registered}, peak memory {peak}, {end}";
    }

    void PrintTable(IReadOnlyList<InvokeResult> invocations)
    {
        output.WriteLine();
        output.WriteLine(Row("#", "request", "handler ms", "added ms", "lines", "result"));
        for (var i = 0; i < invocations.Count; i++)
        {
            var item = invocations[i];
            output.WriteLine(Row(
                Text($"{i + 1}"), item.RequestId, Milliseconds(item.HandlerTime), Milliseconds(item.AddedByExtensions),
                Text($"{item.Lines.Count}"), Result(item)));
        }
    }

    static string Result(InvokeResult item)
    {
        if (item.FunctionError is null)
            return item.Outcome?.Status ?? "unfinished";

        var payload = VisibleText.Line(item.PayloadText);
        return $"{item.FunctionError}: {(payload.Length <= ShownCharactersMax ? payload : $"{payload[..ShownCharactersMax]}…")}";
    }

    static string Milliseconds(TimeSpan? duration) => duration is { } value ? Text($"{value.TotalMilliseconds:0.00}") : "-";

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    static string Row(params string[] cells) =>
        string.Format(CultureInfo.InvariantCulture, "{0,4}  {1,-36}  {2,10}  {3,10}  {4,6}  {5}", [.. cells]);
}
