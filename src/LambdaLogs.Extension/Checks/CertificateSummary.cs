using System.Globalization;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Wire.Tls;

namespace LambdaLogs.Extension.Checks;

/// <summary>Describes an endpoint's certificate in words. Created during the handshake; keeps no certificate.</summary>
internal sealed class CertificateSummary
{
    /// <summary>Creates the description.</summary>
    /// <param name="server">The certificates that the endpoint presented.</param>
    public CertificateSummary(ServerCertificates server)
    {
        Names = NamesOf(server);
        Issuer = Quoted(server.Issuer);
        NotBefore = server.NotBefore;
        NotAfter = server.NotAfter;
        IsForAnotherHost = server.Faults.HasFlag(CertificateFaults.OtherHost);
        Chain = "";
        foreach (var subject in server.Subjects)
            Chain += (Chain.Length > 0 ? " < " : "") + Quoted(subject);
    }

    /// <summary>The hosts that it is valid for.</summary>
    public string Names { get; }

    /// <summary>The issuer.</summary>
    public string Issuer { get; }

    /// <summary>The presented certificates, the endpoint's first.</summary>
    public string Chain { get; }

    /// <summary>Start of the validity, in UTC.</summary>
    public DateTime NotBefore { get; }

    /// <summary>End of the validity, in UTC.</summary>
    public DateTime NotAfter { get; }

    /// <summary>Whether it is not valid for the requested host.</summary>
    public bool IsForAnotherHost { get; }

    /// <summary>The description in one line.</summary>
    /// <param name="now">The wall clock.</param>
    public string Text(DateTimeOffset now)
    {
        var rest = NotAfter - now.UtcDateTime;
        var left = rest < TimeSpan.Zero ? $"{-(int)rest.TotalDays} days ago" : $"{(int)rest.TotalDays} days left";
        var until = NotAfter.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
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
