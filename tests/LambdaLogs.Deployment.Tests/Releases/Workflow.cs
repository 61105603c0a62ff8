namespace LambdaLogs.Deployment.Tests.Releases;

/// <summary>The steps of a workflow, to be run here as they are.</summary>
internal static class Workflow
{
    /// <summary>The script of a step.</summary>
    /// <param name="file">The workflow.</param>
    /// <param name="step">The step's name.</param>
    public static string Script(string file, string step)
    {
        var lines = Repository.Read(".github/workflows", file).Split('\n');
        var at = Array.FindIndex(lines, line => line.TrimStart() == $"- name: {step}");
        Assert.True(at >= 0, $"{file} has no step \"{step}\"");
        at = Array.FindIndex(lines, at, line => line.TrimStart().StartsWith("run:", StringComparison.Ordinal));
        var script = lines[at].Trim()["run:".Length..].Trim();
        if (script != "|")
            return script;

        var indent = lines[at].Length - lines[at].TrimStart().Length;
        return string.Join('\n', lines[(at + 1)..].TakeWhile(line => line.Length == 0 || line.Length - line.TrimStart().Length > indent));
    }
}
