using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Wire;

public sealed class KernelRandomTests
{
    [Fact]
    public void Ids_are_32_hexadecimal_digits_and_differ()
    {
        var ids = Enumerable.Range(0, 100).Select(_ => KernelRandom.Id()).ToHashSet();

        Assert.Equal(100, ids.Count);
        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{32}$", id));
    }

    [Fact]
    public void Numbers_are_spread_from_zero_to_below_one()
    {
        var numbers = Enumerable.Range(0, 1000).Select(_ => KernelRandom.Unit()).ToArray();

        Assert.All(numbers, number => Assert.InRange(number, 0, 1 - double.Epsilon));
        Assert.InRange(numbers.Average(), 0.4, 0.6);
        Assert.Contains(numbers, number => number < 0.05);
        Assert.Contains(numbers, number => number > 0.95);
    }
}
