using System.Globalization;
using System.Text;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Checks;

/// <summary>Writes a check as one JSON object, after all steps.</summary>
/// <param name="write">Receives the text.</param>
internal sealed class JsonReport(LineWriter write) : ICheckReport
{
    readonly StringBuilder _head = new();
    readonly StringBuilder _steps = new();

    /// <inheritdoc/>
    public void Begin(string title, IReadOnlyList<SettingRow> settings, IReadOnlyList<string> problems, IReadOnlyList<string> warnings)
    {
        _head.Append("{\"title\":").Append(Quote(title)).Append(",\"settings\":[");
        for (var index = 0; index < settings.Count; index++)
        {
            var (name, value, source) = settings[index];
            _head.Append(index > 0 ? "," : "").Append("{\"name\":").Append(Quote(name)).Append(",\"value\":").Append(Quote(value))
                .Append(",\"source\":").Append(Quote(source)).Append('}');
        }

        _head.Append("],\"problems\":").Append(List(problems)).Append(",\"warnings\":").Append(List(warnings));
    }

    /// <inheritdoc/>
    public void BeginSteps(string title)
    {
    }

    /// <inheritdoc/>
    public void Step(CheckStep step)
    {
        _steps.Append(_steps.Length > 0 ? "," : "").Append("{\"name\":").Append(Quote(step.Name));
        _steps.Append(",\"ok\":").Append(step.IsGood ? "true" : "false");
        if (step.Took is { } took)
            _steps.Append(",\"ms\":").Append(took.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture));
        _steps.Append(",\"text\":").Append(Quote(step.Text));
        if (step.Details is { } details)
            _steps.Append(",\"details\":").Append(Quote(details));
        if (step.Advice is { } advice)
            _steps.Append(",\"advice\":").Append(Quote(advice));
        _steps.Append('}');
    }

    /// <inheritdoc/>
    public void End(bool isGood, string verdict)
    {
        var text = $"{_head},\"steps\":[{_steps}],\"ok\":{(isGood ? "true" : "false")},\"verdict\":{Quote(verdict)}}}\n";
        write(Encoding.UTF8.GetBytes(text));
    }

    static string List(IReadOnlyList<string> texts)
    {
        var list = new StringBuilder("[");
        for (var index = 0; index < texts.Count; index++)
            list.Append(index > 0 ? "," : "").Append(Quote(texts[index]));
        return list.Append(']').ToString();
    }

    static string Quote(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var escaped = new byte[JsonText.EscapedMax(plain)];
        return $"\"{Encoding.UTF8.GetString(escaped.AsSpan(0, JsonText.Escape(plain, escaped)))}\"";
    }
}
