using System.Globalization;
using System.Text.Json;
using LambdaLogs.Emulator;
using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Transcripts;
using Spectre.Console;

namespace LambdaLogs.Demo;

/// <summary>A record as the endpoint got it.</summary>
sealed record DeliveredRecord(string Level, string LogType, string Message, string? RequestId);

/// <summary>Holds what the function wrote against what the endpoint got.</summary>
static class Tally
{
    /// <summary>The table, one row an invocation.</summary>
    /// <returns>Whether every line arrived.</returns>
    public static bool Show(IReadOnlyList<(Step Step, InvokeResult Result)> invocations, ScriptedDestination destination, EmulatedLambda lambda)
    {
        var delivered = destination.Requests.SelectMany(Records).Where(r => r.LogType == "function").ToList();
        var table = new Table().Border(TableBorder.Rounded).Title("What it cost, and what arrived");
        foreach (var heading in new[] { "invocation", "outcome", "handler ms", "added by the extension ms", "lines written", "lines delivered" })
            table.AddColumn(heading, c => c.Alignment = heading == "invocation" || heading == "outcome" ? Justify.Left : Justify.Right);

        var complete = true;
        foreach (var (step, result) in invocations)
        {
            var arrived = Lines(delivered.Where(r => r.RequestId == result.RequestId));
            complete &= arrived == result.Lines.Count;
            table.AddRow(
                step.Name, result.FunctionError is null ? "ok" : $"error: {result.FunctionError}", Milliseconds(result.HandlerTime), Milliseconds(result.AddedByExtensions),
                Number(result.Lines.Count), Number(arrived));
        }

        var written = lambda.Transcript.Events.Count(e => e is { Kind: TranscriptKind.Line, Source: TranscriptEvent.Runtime });
        complete &= Lines(delivered) == written;
        table.Caption($"with the lines of its init the function wrote {written}; {Lines(delivered)} were delivered");
        AnsiConsole.WriteLine();
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine(complete ? "[green]Every line arrived.[/]" : "[red]Lines are missing.[/]");
        return complete;
    }

    /// <summary>The records of one request.</summary>
    public static IReadOnlyList<DeliveredRecord> Records(ReceivedRequest request)
    {
        using var json = JsonDocument.Parse(request.Content());
        return [.. json.RootElement.GetProperty("logs").EnumerateArray().Select(Record)];
    }

    /// <summary>How many lines of the function these records hold: a stack trace is one record of several.</summary>
    static int Lines(IEnumerable<DeliveredRecord> records) => records.Sum(record => record.Message.Count(character => character == '\n') + 1);

    static DeliveredRecord Record(JsonElement json) => new(
        json.GetProperty("level").GetString()!,
        json.GetProperty("log_type").GetString()!,
        json.GetProperty("message").GetString()!,
        json.TryGetProperty("request_id", out var id) ? id.GetString() : null);

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    static string Milliseconds(TimeSpan? time) => time is { } known ? known.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture) : "-";
}
