namespace LambdaLogs.Extension.Telemetry;
internal ref struct JsonScanner { public const int DepthMax = 64; }
