using System.Xml.Linq;

namespace LambdaLogs.Extension.Tests.Structure;

public sealed class ReferenceTests
{
    [Fact]
    public void The_extension_ships_nothing_but_the_framework()
    {
        var project = Project("LambdaLogs.Extension");

        Assert.Empty(project.Descendants("ProjectReference"));
        Assert.Empty(project.Descendants("FrameworkReference"));
        Assert.All(project.Descendants("PackageReference"), package => Assert.Equal("all", package.Attribute("PrivateAssets")?.Value));
    }

    [Fact]
    public void The_emulator_shares_no_code_with_the_extension()
    {
        var project = Project("LambdaLogs.Emulator");

        Assert.Empty(project.Descendants("ProjectReference"));
        Assert.DoesNotContain(project.Descendants("Compile"), item => item.Attribute("Include")?.Value.Contains("LambdaLogs.Extension") == true);
        Assert.Empty(Repository.Sources("LambdaLogs.Emulator").Where(file => file.Root.ToString().Contains("LambdaLogs.Extension")).Select(file => file.Name));
    }

    static XDocument Project(string name) => XDocument.Load(Repository.Folder("src", name, name + ".csproj"));
}
