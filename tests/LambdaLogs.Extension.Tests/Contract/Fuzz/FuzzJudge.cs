using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Telemetry;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Contract.Fuzz;

/// <summary>What must hold for every body, whatever is in it.</summary>
internal static class FuzzJudge
{
    /// <summary>Says what is wrong with the way a case is read.</summary>
    /// <param name="item">The case.</param>
    /// <param name="cut">Where the body is split into two POSTs; negative: it comes in one. A split body may lose nothing but the records it cuts.</param>
    /// <returns>Null: nothing.</returns>
    public static string? FaultOf(FuzzCase item, int cut = -1)
    {
        try
        {
            // The desk checks every record that comes out: strict UTF-8, and JSON by another reader.
            var desk = cut < 0 ? new ReadingDesk().Read(item.Body) : new ReadingDesk().Read(item.Body[..cut]).Read(item.Body[cut..]);
            desk.Reader.FlushHeld();
            desk.ReadEvents(ReadingDesk.Line("(behind)"));
            if (desk.Last.Message != "(behind)")
                return "The next body is read wrongly.";

            return cut < 0 ? FirstLost(item, desk) : null;
        }
        catch (Exception error)
        {
            return error.ToString();
        }
    }

    /// <summary>Says what is wrong with a case's records in a wire format.</summary>
    /// <returns>Null: nothing.</returns>
    public static string? FaultOf(FuzzCase item, FormatKind kind)
    {
        try
        {
            var clock = new ReadingClock();
            var sink = new FormatSink(kind);
            var reader = new TelemetryReader(sink, new PlatformSignals(clock), clock);
            reader.Read(item.Body);
            reader.FlushHeld();
            sink.Check();
            return null;
        }
        catch (Exception error)
        {
            return $"{kind}: {error}";
        }
    }

    /// <summary>Looks for the other events' records, each as often as it is there.</summary>
    static string? FirstLost(FuzzCase item, ReadingDesk desk)
    {
        var found = desk.Messages.ToList();
        var expected = new ReadingDesk().Read(item.Others);
        expected.Reader.FlushHeld();
        var lost = expected.Messages.FirstOrDefault(message => !found.Remove(message));
        return lost is null ? null : $"A record is lost: {lost}";
    }
}
