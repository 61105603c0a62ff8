using System.Globalization;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Reads <c>/proc</c> for a process. All values are zero or empty if the process has ended.</summary>
internal static class ProcStatus
{
    /// <summary>Peak resident memory in bytes (<c>VmHWM</c>).</summary>
    public static long PeakResidentBytes(int pid) => StatusKilobytes(pid, "VmHWM:") * 1024;

    /// <summary>The sum of the peaks of the process and its descendants.</summary>
    public static long TreePeakBytes(int pid) => PeakResidentBytes(pid) + Children(pid).Sum(TreePeakBytes);

    /// <summary>
    /// The letter of the process state: <c>R</c>, <c>S</c>, <c>T</c> (stopped), <c>Z</c>; a space if there is no such process.
    /// </summary>
    public static char State(int pid)
    {
        var stat = Read($"/proc/{pid}/stat");

        // The process name in parentheses can itself contain parentheses and spaces.
        var end = stat.LastIndexOf(')');
        return end > 0 && end + 2 < stat.Length ? stat[end + 2] : ' ';
    }

    /// <summary>The resident memory in bytes of the process and its descendants, except those whose parent has ended.</summary>
    public static long TreeResidentBytes(int pid)
    {
        var fields = Read($"/proc/{pid}/statm").Split(' ');
        var own = fields.Length > 1 && long.TryParse(fields[1], CultureInfo.InvariantCulture, out var pages) ? pages * PageBytes : 0;
        return own + Children(pid).Sum(TreeResidentBytes);
    }

    static readonly long PageBytes = Environment.SystemPageSize;

    static IEnumerable<int> Children(int pid) =>
        Read($"/proc/{pid}/task/{pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(c => int.Parse(c, CultureInfo.InvariantCulture));

    static long StatusKilobytes(int pid, string field)
    {
        foreach (var line in Read($"/proc/{pid}/status").Split('\n'))
        {
            if (line.StartsWith(field, StringComparison.Ordinal))
                return long.Parse(line.AsSpan(field.Length).Trim().TrimEnd("kB ").Trim(), CultureInfo.InvariantCulture);
        }

        return 0;
    }

    static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
