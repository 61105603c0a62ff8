using System.Globalization;
using System.Text.RegularExpressions;

namespace LambdaLogs.EndToEnd.Soak;

/// <summary>Where every line of a life is: delivered in order, or counted.</summary>
/// <param name="scenario">What was played.</param>
/// <param name="written">The marks of all lines, in order.</param>
/// <param name="endpoint">What arrived.</param>
sealed partial class SoakAccount(SoakScenario scenario, IReadOnlyList<string> written, SoakEndpoint endpoint)
{
    const long Megabyte = 1 << 20;

    // The process itself with 8 MB, bodies of Lambda with 4, and what rules hold: docs/reliability.md.
    const long RestBytesMax = 16 * Megabyte;

    // Of which half is for whoever has brought whole bodies.
    const long ListenerBytesMax = 33 * Megabyte;

    // A record of Lambda's, where there is room for a number that somebody has made up.
    const string Absurd = "dropped by Lambda before the extension received them: 9223372036854775807";

    readonly Dictionary<string, string> _firsts = [];
    readonly List<string> _order = [];

    /// <summary>The sum of docs/reliability.md, and a little more.</summary>
    public static long BytesMax(SoakScenario scenario)
    {
        long buffer = scenario.BufferBytes;
        var body = Math.Min(scenario.BodyBytes, buffer / 4);
        var table = Math.Max(Math.Min(buffer / 3, 11 * Megabyte), Megabyte / 4);
        return buffer + (buffer / 8) + (buffer / 4) + (4 * body) + table + RestBytesMax + (scenario.IsPressed ? ListenerBytesMax : 0);
    }

    /// <summary>Checks that all lines until now have arrived.</summary>
    public static void CheckPrompt(IReadOnlyList<string> written, SoakEndpoint endpoint, SoakStep step, Action<bool, string> expect)
    {
        var arrived = endpoint.Accepted.SelectMany(b => SoakLines.Marks(b.Text)).ToHashSet();
        var missing = written.Where(m => !arrived.Contains(m)).ToList();
        expect(missing.Count == 0, $"{missing.Count} lines, {missing.FirstOrDefault()} first, had not arrived when the invocation was over: {step}");
    }

    /// <summary>Checks everything at the end.</summary>
    /// <param name="lines">The extension's own lines.</param>
    /// <param name="expect">Takes what has to hold, and what is said if it does not.</param>
    public void Check(IReadOnlyList<string> lines, Action<bool, string> expect)
    {
        var last = lines.LastOrDefault(l => l.StartsWith("[EXTENSION] INFO received ", StringComparison.Ordinal));
        if (last is null)
        {
            expect(false, "the extension wrote no summary");
            return;
        }

        var summary = Summary.Of(lines);
        expect(summary.Balances, $"the summary does not balance: {summary}");
        expect(!scenario.IsPressed || scenario.Steps.Count < 3 || last.Contains(Absurd, StringComparison.Ordinal), $"an absurd count is not told as what it is: {last}");
        expect(!scenario.Spills || summary.Spilled > 0 || summary.Dropped == 0, $"nothing was kept for the next process: {summary}");
        CheckBatches(expect);
        CheckMissing(summary, RedactedWhole(last), expect);
        CheckOrder(expect);
    }

    void CheckBatches(Action<bool, string> expect)
    {
        foreach (var body in endpoint.Accepted)
        {
            foreach (var mark in SoakLines.Marks(body.Text).Distinct())
            {
                if (_firsts.TryAdd(mark, body.BatchId))
                    _order.Add(mark);
                else
                    expect(_firsts[mark] == body.BatchId, $"{mark} arrived in the batches {_firsts[mark]} and {body.BatchId}");
            }
        }

        foreach (var copies in endpoint.Accepted.GroupBy(b => b.BatchId).Where(g => g.Count() > scenario.CopiesMax))
            expect(false, $"a batch arrived {copies.Count()} times");
    }

    void CheckMissing(Summary summary, int redactedWhole, Action<bool, string> expect)
    {
        // A record that took more work than a body may is delivered without its text, its mark included.
        var missing = written.Where(mark => !_firsts.ContainsKey(mark)).Skip(redactedWhole).ToList();
        var counted = summary.Dropped + summary.Spilled + summary.Filtered + summary.Sampled + summary.Joined;
        var said = $"of {written.Count} lines are missing: {summary}; the first is {missing.FirstOrDefault()}";
        expect(missing.Count <= counted, $"{counted} are counted, {missing.Count} {said}");
        expect(!scenario.LosesNothing || missing.Count == 0, $"nothing had to be lost, {missing.Count} {said}");
        expect(written.Count - missing.Count >= scenario.DeliveredMin * written.Count, $"the endpoint is slow but gets on, {missing.Count} {said}");
        var others = missing.Where(m => m != scenario.Poison).ToList();
        expect(scenario.Poison is null || others.Count == 0, $"{others.Count} lines are missing beside the one that is never taken; {others.FirstOrDefault()}: {summary}");
    }

    void CheckOrder(Action<bool, string> expect)
    {
        // A batch that fails again and again is searched for the line that cannot go; what was refused together with that may be overtaken. So may a batch that
        // has failed three times, since another one is tried then.
        const int FailuresBeforeOther = 3;
        var refused = endpoint.Refused;
        var places = _order.Where(mark => !refused.Contains(mark) && endpoint.Failures(_firsts[mark]) < FailuresBeforeOther).Select(SoakLines.Place).ToList();
        var late = places.Zip(places.Skip(1)).FirstOrDefault(pair => pair.Second.CompareTo(pair.First) < 0);
        expect(late == default, $"{late.Second} arrived after {late.First}");
    }

    static int RedactedWhole(string line)
    {
        var match = WholeCount().Match(line);
        return match.Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"redacted_whole (\d+)")]
    private static partial Regex WholeCount();
}
