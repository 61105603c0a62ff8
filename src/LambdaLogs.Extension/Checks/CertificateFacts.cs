using System.Globalization;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Wire.Tls;

namespace LambdaLogs.Extension.Checks;

/// <summary>What an endpoint's certificate says of itself, in words. Built during the handshake; keeps no certificate.</summary>
internal sealed class CertificateFacts
{
    /// <summary>Puts them into words.</summary>
    /// <param name="server">What the endpoint has presented.</param>
    public CertificateFacts(ServerCertificates server)
    {
        Names = NamesOf(server);
        Issuer = Quoted(server.Issuer);
        From = server.From;
        Until = server.Until;
        IsForAnotherHost = server.Faults.HasFlag(CertificateFaults.OtherHost);
        Chain = "";
        foreach (var subject in server.Subjects)
            Chain += (Chain.Length > 0 ? " < " : "") + Quoted(subject);
    }

    /// <summary>Hosts it is for.</summary>
    public string Names { get; }

    /// <summary>Who has issued it.</summary>
    public string Issuer { get; }

    /// <summary>The certificates as they were presented, the endpoint's first.</summary>
    public string Chain { get; }

    /// <summary>Its first moment, in UTC.</summary>
    public DateTime From { get; }

    /// <summary>Its last moment, in UTC.</summary>
    public DateTime Until { get; }

    /// <summary>Whether it is not for the host that was asked for.</summary>
    public bool IsForAnotherHost { get; }

    /// <summary>All of it in one line.</summary>
    /// <param name="now">The wall clock.</param>
    public string Text(DateTimeOffset now)
    {
        var rest = Until - now.UtcDateTime;
        var left = rest < TimeSpan.Zero ? $"{-(int)rest.TotalDays} days ago" : $"{(int)rest.TotalDays} days left";
        var until = Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"certificate for {Names}, until {until} ({left}), issued by {Issuer}; chain: {Chain}";
    }

    static string NamesOf(ServerCertificates server)
    {
        const int MostShown = 5;
        var names = server.Hosts;
        var more = names.Count > MostShown ? $" and {names.Count - MostShown} more" : "";
        List<string> first = [];
        for (var at = 0; at < Math.Min(names.Count, MostShown); at++)
            first.Add(names[at]);

        var shown = string.Join(", ", first) + more;
        return shown.Length == 0 ? "no host" : PlainText.OneLine(shown);
    }

    static string Quoted(string name) => $"\"{PlainText.OneLine(name, longest: 60)}\"";
}
