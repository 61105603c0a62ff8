using System.Net;
using System.Net.Sockets;
using System.Text;
using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.EndToEnd.Limits;

/// <summary>The end needs nothing new: no descriptor, no thread, nobody who reads.</summary>
public sealed class LastResourceTests
{
    [Theory]
    [InlineData(200)]
    [InlineData(503)]
    public async Task With_no_descriptor_left_it_ends_in_time(int status)
    {
        await using var scene = await Scene.StartAsync(Functions.Count(3), prepare: d => d.Default = Response.WithStatus(status));
        await scene.InvokeAsync();
        ProcessBounds.Lower(scene.Lambda.ProcessId(Layer.ExtensionName)!.Value, "nofile=3");
        await scene.InvokeAsync();

        await scene.EndAsync();
    }

    [Fact]
    public async Task With_no_descriptor_left_a_new_connection_to_the_listener_is_served()
    {
        await using var scene = await Scene.StartAsync();
        var pid = scene.Lambda.ProcessId(Layer.ExtensionName)!.Value;
        ProcessBounds.TakeDescriptors(pid);
        scene.Lambda.Thaw();
        using (var peer = new TcpClient())
        {
            await peer.ConnectAsync(IPAddress.Loopback, ProcessBounds.ListenerPort(pid), Scene.Cancel);
            var stream = peer.GetStream();
            await stream.WriteAsync("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n[]"u8.ToArray(), Scene.Cancel);
            var status = new byte["HTTP/1.1 200".Length];
            await stream.ReadExactlyAsync(status, Scene.Cancel).AsTask().WaitAsync(Scene.Patience, Scene.Cancel);

            Assert.Equal("HTTP/1.1 200", Encoding.ASCII.GetString(status));
        }

        await scene.EndAsync();
    }

    [Theory]
    [InlineData(200)]
    [InlineData(503)]
    public async Task With_no_thread_left_it_ends_in_time(int status)
    {
        await using var scene = await Scene.StartAsync(Functions.Count(3), prepare: d => d.Default = Response.WithStatus(status));
        using var group = KernelGroup.NoThreads();
        Assert.SkipWhen(group is null, "no control group for processes and threads may be made here");
        await scene.InvokeAsync();
        group.Add(scene.Lambda.ProcessId(Layer.ExtensionName)!.Value);
        for (var invocation = 0; invocation < 4; invocation++)
            await scene.InvokeAsync();

        await scene.EndAsync();
    }

    [Fact]
    public async Task In_test_mode_it_ends_in_time_though_nobody_reads_what_it_shows()
    {
        using var shipped = new Shipped();
        var directory = Directory.CreateTempSubdirectory("unread-").FullName;
        var starter = Path.Combine(directory, Layer.ExtensionName);
        // The descriptor that is open for both keeps the pipe open, and nobody reads.
        await File.WriteAllTextAsync(
            starter, $"#!/bin/sh\nmkfifo {directory}/unread && exec 3<>{directory}/unread && exec {Layer.Interpreter} {shipped.Path} >&3\n", Scene.Cancel);
        Shipped.MakeExecutable(starter);
        await using var scene = await Scene.StartAsync(
            Functions.Count(1000), new() { ["HTTP_TEST_MODE"] = "true" }, o => o with { Layers = [], Extensions = [starter], Isolate = false });
        for (var invocation = 0; invocation < 4; invocation++)
            await scene.InvokeAsync();

        await scene.Lambda.ShutdownAsync(Scene.Cancel).WaitAsync(Scene.Patience, Scene.Cancel);
        Assert.Equal(0, scene.Extension.ExitCode);
        Directory.Delete(directory, recursive: true);
    }
}
