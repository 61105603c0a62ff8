using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

/// <summary>The variables in <c>samples/destinations</c>, which people paste.</summary>
public sealed class SampleDestinationTests
{
    /// <summary>The files, one test each.</summary>
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Structure.Repository.Folder("samples", "destinations"), "function.env", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Structure.Repository.Root, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Its_variables_are_read_without_problems(string file)
    {
        var values = File.ReadAllLines(Structure.Repository.Folder(file))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Subset(VariableList.All.Select(variable => variable.Name).ToHashSet(), values.Keys.ToHashSet());
        values["AWS_REGION"] = "eu-west-1";

        var settings = SettingsReader.Read(values.GetValueOrDefault, 0, out var problems);

        Assert.Empty(problems.Select(problem => problem.ToString()));
        Assert.Empty(SettingWarnings.Of(settings));
        Assert.True(settings.CanSend);
    }
}
