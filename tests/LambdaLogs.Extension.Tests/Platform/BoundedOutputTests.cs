using System.IO.Pipes;
using System.Text;
using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Platform;

public sealed class BoundedOutputTests : IDisposable
{
    static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(200);

    readonly AnonymousPipeServerStream _reader = new(PipeDirection.In);
    readonly BoundedOutput _output;

    public BoundedOutputTests() => _output = NewOutput(LongestWait);

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task What_is_read_is_written_whole()
    {
        var bytes = Encoding.ASCII.GetBytes(new string('x', 1_000_000) + "\n");
        var read = Task.Run(() => Read(bytes.Length));

        // Longer than a busy machine may take to start the reader.
        Assert.True(NewOutput(TimeSpan.FromSeconds(30)).Write(bytes));
        Assert.Equal(bytes, await read.Within("the bytes"));
    }

    [Fact]
    public async Task A_pipe_that_nobody_reads_holds_one_write_for_a_bounded_time_and_the_next_ones_not_at_all()
    {
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        var written = Task.Run(() => _output.Write(new byte[1_000_000]));
        Assert.False(await written.Within("the write to end"));
        var first = clock.GetElapsedTime(start);
        start = clock.GetTimestamp();
        for (var count = 0; count < 100; count++)
            Assert.False(_output.Write("more\n"u8));

        // The kernel counts the wait in whole milliseconds, from a moment of its own.
        Assert.True(first >= LongestWait - TimeSpan.FromMilliseconds(2), $"{first}");
        Assert.True(clock.GetElapsedTime(start) < 50 * LongestWait, "100 further writes waited each");
    }

    [Fact]
    public void A_line_after_one_that_was_cut_short_begins_a_line_of_its_own()
    {
        Assert.False(_output.Write(Encoding.ASCII.GetBytes(new string('x', 1_000_000))));
        var there = 0;
        while (!_output.Write("next\n"u8))
            there += Read(4096).Length;

        // What is left in the pipe, whose size is the kernel's matter, is x, then the line.
        var text = new StringBuilder();
        while (!text.ToString().EndsWith("next\n", StringComparison.Ordinal))
            text.Append(Encoding.ASCII.GetString(Read(1)));
        Assert.EndsWith("x\nnext\n", text.ToString(), StringComparison.Ordinal);
        Assert.True(there > 0);
    }

    [Fact]
    public void A_closed_pipe_is_no_reason_to_fail_or_to_wait()
    {
        var handle = (int)_reader.ClientSafePipeHandle.DangerousGetHandle();
        _reader.SafePipeHandle.Dispose();

        Assert.False(new BoundedOutput(handle, TimeSpan.FromDays(1), TimeProvider.System).Write("nobody\n"u8));
    }

    BoundedOutput NewOutput(TimeSpan wait) => new((int)_reader.ClientSafePipeHandle.DangerousGetHandle(), wait, TimeProvider.System);

    byte[] Read(int count)
    {
        var bytes = new byte[count];
        _reader.ReadExactly(bytes);
        return bytes;
    }
}
