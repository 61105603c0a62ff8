using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>Holds that work takes steps by the byte: at four sizes, counted and not measured by a clock.</summary>
internal static class LinearSteps
{
    static readonly int[] Sizes = [4 * 1024, 16 * 1024, 64 * 1024, 256 * 1024];

    /// <param name="what">Names the work where it is not.</param>
    /// <param name="perByte">Most steps for a byte.</param>
    /// <param name="work">Gives the work for a size, made ready: only its steps are counted.</param>
    public static void Holds(string what, int perByte, Func<int, Action> work)
    {
        var before = 0L;
        foreach (var size in Sizes)
        {
            var run = work(size);
            var start = ScanSteps.Count;
            run();
            var now = ScanSteps.Count - start;
            Assert.True(now >= size / 16, $"{what}: only {now} steps were counted for {size} bytes");
            Assert.True(now <= (long)perByte * (size + 1024), $"{what}: {now} steps for {size} bytes");
            Assert.True(before == 0 || now <= (before * 4.4) + (perByte * 8192L), $"{what}: {before} steps grew to {now} for {size} bytes");
            before = now;
        }
    }

    /// <summary>A piece as often as fits.</summary>
    public static string Repeated(string piece, int size) => string.Concat(Enumerable.Repeat(piece, Math.Max(size / piece.Length, 1)));
}
