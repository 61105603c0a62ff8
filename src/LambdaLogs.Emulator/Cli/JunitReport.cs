using System.Globalization;
using System.Xml.Linq;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Cli;

/// <summary>Builds a JUnit report of a run: one test case for the run, one per invocation and one per expectation.</summary>
internal static class JunitReport
{
    /// <summary>Builds the report.</summary>
    /// <param name="name">The name of the test suite.</param>
    /// <param name="verdict">The outcome of the run.</param>
    public static XDocument Of(string name, RunVerdict verdict)
    {
        var invocations = verdict.Result.Invocations.Select((invocation, index) => TestCase(
            name, $"invocation {index + 1} ({invocation.RequestId})", invocation.HandlerTime + (invocation.AddedByExtensions ?? default),
            verdict.Expected.IsFailure(index, invocation) ? invocation.PayloadText : null));
        XElement[] cases =
        [
            TestCase(
                name, "the environment starts and no extension crashes", verdict.Result.InitDuration,
                verdict.Expected.Failure ? null : verdict.Result.Failure),
            .. invocations,
            .. verdict.Expectations.Select(e => TestCase(name, e.Name, null, e.Failure)),
        ];
        var output = string.Join('\n', verdict.Result.Events.Where(e => e.Kind is TranscriptKind.Line).Select(TranscriptText.Line));
        return new XDocument(new XElement(
            "testsuites",
            new XElement(
                "testsuite",
                new XAttribute("name", XmlText(name)),
                new XAttribute("tests", cases.Length),
                new XAttribute("failures", cases.Count(c => c.HasElements)),
                new XAttribute("errors", 0),
                cases,
                new XElement("system-out", XmlText(output)))));
    }

    static XElement TestCase(string suite, string name, TimeSpan? time, string? failure)
    {
        var seconds = (time ?? default).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
        var item = new XElement(
            "testcase", new XAttribute("classname", XmlText(suite)), new XAttribute("name", XmlText(name)),
            new XAttribute("time", seconds));
        if (failure is not null)
            item.Add(new XElement("failure", new XAttribute("message", XmlText(failure.Split('\n')[0])), XmlText(failure)));
        return item;
    }

    /// <summary>Replaces characters that XML cannot represent.</summary>
    static string XmlText(string text) => VisibleText.Lines(text);
}
