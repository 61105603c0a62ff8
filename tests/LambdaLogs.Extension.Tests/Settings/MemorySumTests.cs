using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Settings;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Tests.Settings;

/// <summary>The table of docs/reliability.md: all bounds of memory, added up.</summary>
public sealed class MemorySumTests
{
    const long Megabyte = 1024 * 1024;

    // The executable, the managed heap, stacks, OpenSSL.
    const long Rest = 8 * Megabyte;

    public static TheoryData<int, string, string> Extremes()
    {
        var all = new TheoryData<int, string, string>();
        foreach (var memory in new[] { 128, 256, 1024, 10_240 })
        {
            foreach (var batch in new[] { "8KB", "1MB", "16MB" })
            {
                foreach (var records in new[] { "1", "100", "10000" })
                    all.Add(memory, batch, records);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Extremes))]
    public void Whatever_is_set_all_bounds_together_fit_the_functions_memory(int memoryMegabytes, string batch, string records)
    {
        var settings = Read(memoryMegabytes, ("LOGS_BUFFER_MAX_BYTES", "1024MB"), ("LOGS_BATCH_MAX_BYTES", batch), ("LOGS_BATCH_MAX_RECORDS", records));
        var memory = new QueueMemory(settings.Pipeline);
        var sampled = settings.Pipeline.BufferMaxBytes / 2;
        var sum = memory.Bytes + Listener.BytesMax + SplitRecordBuffer.BytesMax + sampled + memory.BodyBytesMax + Rest;

        Assert.InRange(sum, 1, memoryMegabytes * Megabyte);
    }

    [Fact]
    public void What_the_page_says_of_the_smallest_function_is_what_is_reserved()
    {
        var memory = new QueueMemory(Read(128).Pipeline);

        Assert.InRange(memory.Bytes, 12 * Megabyte, 13 * Megabyte);
        Assert.Equal(33 * Megabyte, Listener.BytesMax);
        Assert.Equal(4 * Megabyte, SplitRecordBuffer.BytesMax);
    }

    static ExtensionSettings Read(int memoryMegabytes, params (string Name, string Value)[] variables)
    {
        var all = variables.ToDictionary(v => v.Name, v => v.Value);
        all["HTTP_ENDPOINT"] = "https://example.com/";
        return SettingsReader.Read(all.GetValueOrDefault, memoryMegabytes * Megabyte, out _);
    }
}
