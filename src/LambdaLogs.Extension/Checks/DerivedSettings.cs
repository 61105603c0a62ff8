using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Checks;

/// <summary>
/// Settings that no variable sets, whose values are derived from the format, the endpoint or the function's memory. Pure.
/// </summary>
internal static class DerivedSettings
{
    /// <summary>Returns a row for each of them.</summary>
    /// <param name="settings">The settings in force.</param>
    /// <returns>Name, value and what the value is derived from.</returns>
    public static List<SettingRow> Of(ExtensionSettings settings)
    {
        var format = FormatTraits.Of(settings.Format.Kind);
        var byFormat = $"follows from LOGS_FORMAT={FormatReader.NameOf(settings.Format.Kind)}";
        var rows = new List<SettingRow>
        {
            new(LogsVariables.BatchMaxBytes.Name, LogsVariables.BatchMaxBytes.TextOf(settings.Pipeline.BatchMaxBytes), byFormat),
            new(LogsVariables.BatchMaxRecords.Name, LogsVariables.BatchMaxRecords.TextOf(settings.Pipeline.BatchMaxRecords), byFormat),
            new(
                LogsVariables.BufferMaxBytes.Name,
                LogsVariables.BufferMaxBytes.TextOf(settings.Pipeline.BufferMaxBytes),
                "follows from the function's memory"),
            new(
                TransportVariables.BodyCompression.Name,
                TransportVariables.BodyCompression.TextOf((long)(format.CompressedByDefault ? Compression.Gzip : Compression.None)),
                byFormat),
            new(HttpVariables.RetryStatusCodes.Name, format.RetryStatuses ?? StatusSet.DefaultText, byFormat),
        };
        if (settings.Format.ElasticsearchIndex is { } index)
            rows.Add(new(FormatVariables.ElasticsearchIndex.Name, index, byFormat));
        if (settings.Destination is { } destination)
            AddDestination(rows, destination, byFormat);
        return rows;
    }

    static void AddDestination(List<SettingRow> rows, DestinationOptions destination, string byFormat)
    {
        if (destination.Authentication.Kind is AuthenticationKind.ApiKey)
            rows.Add(new(HttpVariables.AuthHeaderName.Name, destination.Authentication.HeaderName, byFormat));
        if (destination.Aws?.Signing is not { } scope)
            return;

        rows.Add(new(AwsVariables.SigningService.Name, scope.Service, "follows from HTTP_ENDPOINT"));
        rows.Add(new(AwsVariables.SigningRegion.Name, scope.Region, "follows from HTTP_ENDPOINT and the function's region"));
    }
}
