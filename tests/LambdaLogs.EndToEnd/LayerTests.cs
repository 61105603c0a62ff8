using System.IO.Compression;

namespace LambdaLogs.EndToEnd;

/// <summary>The layer's zip itself.</summary>
public sealed class LayerTests
{
    [Fact]
    public void The_zip_holds_the_executable_where_Lambda_looks_and_beside_it_only_the_licences()
    {
        using var zip = ZipFile.OpenRead(Layer.Zip);

        var entry = Assert.Single(zip.Entries, entry => entry.FullName.StartsWith("extensions/", StringComparison.Ordinal));
        Assert.Equal(Layer.ExtensionEntry, entry.FullName);
        Assert.Equal(
            [$"{Layer.ExtensionName}/LICENSE", $"{Layer.ExtensionName}/THIRD-PARTY-NOTICES.txt"],
            zip.Entries.Select(other => other.FullName).Where(name => name != entry.FullName).Order(StringComparer.Ordinal));
        Assert.Equal("755", Convert.ToString((entry.ExternalAttributes >> 16) & 0x1FF, 8));
    }

    [Fact]
    public void The_zip_is_at_most_4_MB() => Assert.InRange(new FileInfo(Layer.Zip).Length, 1, 4 * 1024 * 1024);

    [Theory]
    [InlineData("System_Net_Http_System_Net_Http_")]
    [InlineData("System_Net_Security_System_Net_Security_")]
    [InlineData("System_Net_Sockets_System_Net_Sockets_")]
    [InlineData("System_Net_NameResolution_System_Net_NameResolution_")]
    [InlineData("System_Security_Cryptography_System_Security_Cryptography_")]
    [InlineData("PortableThreadPool")]
    public void The_executable_holds_nothing_of_the_framework_s_network_cryptography_and_thread_pool(string name)
    {
        // A folder that was built into before the layout changed holds older ones as well.
        var symbols = Directory.GetFiles(Layer.NativeFolder, "*.dbg", SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc);
        Assert.NotNull(symbols);

        var names = File.ReadAllBytes(symbols);

        Assert.True(names.AsSpan().IndexOf("LambdaLogs_Extension_Wire_"u8) > 0, "the symbols are there to be looked at");
        Assert.Equal(-1, names.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(name)));
    }

    [Fact]
    public void The_executable_is_static_and_asks_for_no_interpreter()
    {
        const int ProgramInterpreter = 3;
        using var zip = ZipFile.OpenRead(Layer.Zip);
        using var stream = zip.GetEntry(Layer.ExtensionEntry)!.Open();
        var elf = new byte[4096];
        stream.ReadExactly(elf);

        var at = (int)BitConverter.ToInt64(elf, 32);
        var size = BitConverter.ToInt16(elf, 54);
        var kinds = Enumerable.Range(0, BitConverter.ToInt16(elf, 56)).Select(header => BitConverter.ToInt32(elf, at + (header * size)));
        Assert.DoesNotContain(ProgramInterpreter, kinds);
    }
}
