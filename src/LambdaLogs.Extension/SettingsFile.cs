using System.Globalization;
using System.Text;
using LambdaLogs.Extension.Delivery.Aws;
using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension;

/// <summary>
/// A copy of the settings from AWS in <c>/tmp</c>, readable by its owner only: after a timeout or a crash Lambda restarts all processes,
/// which then need not request them again. The first three lines are the time of writing, the length and the ARN.
/// </summary>
/// <param name="functionName">Part of the file's name.</param>
internal sealed class SettingsFile(string functionName) : ISettingsCache
{
    const int BytesMax = SettingsResponse.BytesMax + 4096;

    // Changed settings take effect after this time at the latest.
    static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    readonly PrivateFile _file = PrivateFile.OfFunction(functionName, ".config");

    /// <inheritdoc/>
    public void Write(string arn, string text, DateTimeOffset now)
    {
        if (!_file.Create())
            return;

        _ = _file.Append(Encoding.UTF8.GetBytes($"{TextOf(now.ToUnixTimeSeconds())}\n{TextOf(text.Length)}\n{arn}\n{text}"));
        _file.Close();
    }

    /// <inheritdoc/>
    public string? Read(string arn, DateTimeOffset now)
    {
        if (!_file.Open(BytesMax))
            return null;

        var bytes = new byte[_file.Length];
        var isWhole = _file.Read(bytes);
        _file.Close();

        var parts = Encoding.UTF8.GetString(bytes).Split('\n', 4);
        if (!isWhole || parts is not [var seconds, var length, var from, var text] || from != arn || length != TextOf(text.Length)
            || !long.TryParse(seconds, CultureInfo.InvariantCulture, out var at))
            return null;

        var age = now.ToUnixTimeSeconds() - at;
        if (age < 0 || age > Longest.TotalSeconds)
            return null;

        // Opening has removed the file. It is written again, with its old time, for the process after the next.
        Write(arn, text, DateTimeOffset.FromUnixTimeSeconds(at));
        return text;
    }

    static string TextOf(long number) => number.ToString(CultureInfo.InvariantCulture);
}
