using System.Text;
using System.Text.Json;

namespace LambdaLogs.Extension.Tests.Contract.Fuzz;

/// <summary>A body of events, one of which is broken by edits.</summary>
/// <param name="Events">The events, each whole and valid.</param>
/// <param name="Target">Which of them is broken.</param>
/// <param name="Edits">How.</param>
internal sealed record FuzzCase(IReadOnlyList<byte[]> Events, int Target, IReadOnlyList<Edit> Edits)
{
    /// <summary>The body before the edits.</summary>
    public byte[] Whole => Join(Events);

    /// <summary>The body without the event that is to be broken.</summary>
    public byte[] Others => Join([.. Events.Where((_, index) => index != Target)]);

    /// <summary>The body as it is posted.</summary>
    public byte[] Body
    {
        get
        {
            var broken = Edits.Aggregate(Events[Target], (text, edit) => edit.Apply(text));
            return Join([.. Events.Select((text, index) => index == Target ? broken : text)]);
        }
    }

    /// <summary>Makes one up.</summary>
    /// <param name="random">Decides everything.</param>
    /// <param name="bodies">The events of every body that can be broken.</param>
    public static FuzzCase Make(Random random, IReadOnlyList<byte[][]> bodies)
    {
        var events = bodies[random.Next(bodies.Count)];
        return new FuzzCase(events, random.Next(events.Length), [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Edit.Make(random))]);
    }

    /// <summary>
    /// A smaller one that is still at fault: fewer edits, then fewer events. Goes on until nothing can be left out.
    /// </summary>
    public FuzzCase Shrink(Func<FuzzCase, bool> isAtFault)
    {
        var smaller = Edits.Select((_, index) => this with { Edits = Without(Edits, index) })
            .Concat(Events.Select((_, index) => index).Where(index => index != Target).Select(WithoutEvent));
        return smaller.FirstOrDefault(isAtFault) is { } found ? found.Shrink(isAtFault) : this;
    }

    /// <summary>For a person who has to repeat it: the body, and the same in base 64, since it need not be text.</summary>
    public override string ToString() => $"{Encoding.UTF8.GetString(Body)}\n(base64: {Convert.ToBase64String(Body)})";

    /// <summary>The events of a body that is valid JSON.</summary>
    public static byte[][] EventsOf(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        return [.. json.RootElement.EnumerateArray().Select(item => Encoding.UTF8.GetBytes(item.GetRawText()))];
    }

    FuzzCase WithoutEvent(int index) => this with { Events = Without(Events, index), Target = index < Target ? Target - 1 : Target };

    static T[] Without<T>(IReadOnlyList<T> items, int index) => [.. items.Where((_, at) => at != index)];

    static byte[] Join(IReadOnlyList<byte[]> events)
    {
        var body = new List<byte>(events.Sum(text => text.Length + 1) + 2) { (byte)'[' };
        for (var index = 0; index < events.Count; index++)
        {
            if (index > 0)
                body.Add((byte)',');
            body.AddRange(events[index]);
        }

        body.Add((byte)']');
        return [.. body];
    }
}
