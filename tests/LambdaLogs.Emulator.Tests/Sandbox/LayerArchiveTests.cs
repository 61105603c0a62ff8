using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Tests.Support;

namespace LambdaLogs.Emulator.Tests.Sandbox;

public sealed class LayerArchiveTests : IDisposable
{
    readonly TempFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Mode_bits_are_kept()
    {
        var zip = _files.Zip("a.zip", ("extensions/run", "#!/bin/sh\n", 0x1ED), ("extensions/not", "x", 0x1A4));
        LayerArchive.Extract(zip, Path.Combine(_files.Root, "opt"));

        Assert.Null(ExecutableCheck.Validate(Path.Combine(_files.Root, "opt", "extensions", "run")));
        Assert.Contains("not executable", ExecutableCheck.Validate(Path.Combine(_files.Root, "opt", "extensions", "not")));
    }

    [Fact]
    public void A_later_layer_replaces_files_of_an_earlier()
    {
        var opt = Path.Combine(_files.Root, "opt");
        LayerArchive.Extract(_files.Zip("a.zip", ("extensions/e", "old", 0x1ED)), opt);
        LayerArchive.Extract(_files.Zip("b.zip", ("extensions/e", "new", 0x1ED)), opt);
        Assert.Equal("new", File.ReadAllText(Path.Combine(opt, "extensions", "e")));
    }

    [Fact]
    public void A_path_that_leads_out_is_refused()
    {
        var zip = _files.Zip("evil.zip", ("../evil", "x", 0x1ED));
        Assert.Throws<InvalidDataException>(() => LayerArchive.Extract(zip, Path.Combine(_files.Root, "opt")));
    }

    [Fact]
    public void Symbolic_links_are_kept_and_not_written_through()
    {
        var opt = Path.Combine(_files.Root, "opt");
        LayerArchive.Extract(_files.Zip("a.zip", ("bin/tool", "../lib/tool", 0xA1FF), ("lib/tool", "x", 0x1ED)), opt);
        Assert.Equal("../lib/tool", new FileInfo(Path.Combine(opt, "bin", "tool")).LinkTarget);

        LayerArchive.Extract(_files.Zip("b.zip", ("bin/tool", "y", 0x1ED)), opt);
        Assert.Equal("x", File.ReadAllText(Path.Combine(opt, "lib", "tool")));

        var evil = _files.Zip("evil.zip", ("out", "/etc", 0xA1FF), ("out/passwd", "x", 0x1A4));
        Assert.Throws<InvalidDataException>(() => LayerArchive.Extract(evil, opt));
    }

    [Fact]
    public void A_directory_is_a_layer_too()
    {
        _files.Write("layer/extensions/e", "#!/bin/sh\n");
        File.CreateSymbolicLink(Path.Combine(_files.Root, "layer", "link"), "extensions/e");
        var opt = Path.Combine(_files.Root, "opt");
        LayerArchive.Extract(Path.Combine(_files.Root, "layer"), opt);

        Assert.Null(ExecutableCheck.Validate(Path.Combine(opt, "extensions", "e")));
        Assert.Equal("extensions/e", new FileInfo(Path.Combine(opt, "link")).LinkTarget);
    }

    [Fact]
    public void A_layer_needs_to_be_there_but_needs_no_extension()
    {
        Assert.Null(LayerArchive.Validate(_files.Zip("good.zip", ("extensions/e", "x", 0x1ED))));
        Assert.Null(LayerArchive.Validate(_files.Zip("none.zip", ("python/lib.py", "x", 0x1A4))));
        Assert.Null(LayerArchive.Validate(_files.Root));
        Assert.Contains("not a zip", LayerArchive.Validate(_files.Write("no.zip", "text")));
        Assert.Contains("no such file", LayerArchive.Validate(Path.Combine(_files.Root, "missing.zip")));
    }
}
