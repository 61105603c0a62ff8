using LambdaLogs.Extension.Telemetry;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Telemetry;

public sealed class RecentEventsTests
{
    const int Kept = RecentEvents<string>.Capacity;

    readonly RecentEvents<string> _events = new();

    [Fact]
    public void The_last_are_kept_and_all_are_counted()
    {
        for (var number = 0; number <= Kept; number++)
            _events.Add($"{number}");

        Assert.Equal(Kept + 1, _events.Count);
        Assert.Null(Find("0"));
        Assert.Equal("1", Find("1"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(1000)]
    public void Those_of_another_are_added_as_if_they_had_come_one_by_one(int count)
    {
        var other = new RecentEvents<string>();
        _events.Add("first");
        for (var number = 0; number < count; number++)
            other.Add($"{number}");

        _events.AddAll(other);

        Assert.Equal(count + 1, _events.Count);
        Assert.Equal(count < Kept, Find("first") is not null);
        var found = Enumerable.Range(0, count).Where(number => Find($"{number}") is not null);
        Assert.Equal(Enumerable.Range(0, count).TakeLast(Kept), found);
    }

    [Fact]
    public void A_million_take_no_more_memory_than_a_few()
    {
        var allocated = Allocation.LeastOf(() =>
        {
            for (var number = 0; number < 1_000_000; number++)
                _events.Add("the same");
        });

        Assert.InRange(allocated, 0, 1024);
    }

    [Fact]
    public void Cleared_it_knows_nothing()
    {
        _events.Add("one");
        _events.Clear();

        Assert.Equal(0, _events.Count);
        Assert.Null(_events.Find(0, (_, _) => true));
    }

    string? Find(string wanted) => _events.Find(wanted, (item, key) => item == key);
}
