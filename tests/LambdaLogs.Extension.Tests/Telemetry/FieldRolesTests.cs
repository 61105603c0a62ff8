using System.Text;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Tests.Telemetry;

public sealed class FieldRolesTests
{
    [Theory]
    [InlineData("level log.level log_level LogLevel @level LEVEL severity Severity severityText severity_text SeverityNumber severityLevel levelname level_name levelName logLevelName lvl @l L levelno level_value levelStr logLevelId syslog.severity log-level", FieldRole.Level)]
    [InlineData("message Message MESSAGE msg Msg errorMessage error_message short_message @message log_message", FieldRole.Message)]
    [InlineData("@m @mt M RenderedMessage MessageTemplate body Body event text formattedMessage", FieldRole.Text)]
    [InlineData("timestamp @timestamp Timestamp time @t ts T datetime", FieldRole.Time)]
    [InlineData("requestId RequestId request_id AWSRequestId aws_request_id function_request_id awsRequestId", FieldRole.RequestId)]
    [InlineData("traceId trace_id TraceId trace.id @tr xray_trace_id x_ray_trace_id", FieldRole.TraceId)]
    [InlineData("spanId span_id span.id SpanId @sp", FieldRole.SpanId)]
    [InlineData("executionArn durableExecutionArn execution_arn durable.execution.arn durable_execution_arn", FieldRole.Execution)]
    [InlineData("tenantId tenant_id", FieldRole.Tenant)]
    [InlineData("dd.trace_id levels mess name x m l t id logger lev messages requestIds otel_trace_id parent_span_id timestamps", FieldRole.None)]
    internal void A_field_has_many_names(string names, FieldRole role) => Assert.All(
        names.Split(' '),
        name => Assert.Equal((name, role), (name, FieldRoles.Of(Encoding.UTF8.GetBytes(name), out _, out _))));

    [Fact]
    public void Any_name_is_read_without_a_fault()
    {
        for (var length = 0; length < 64; length++)
        {
            Assert.Equal(FieldRole.None, FieldRoles.Of(Encoding.UTF8.GetBytes(new string('_', length)), out _, out _));
            Assert.Equal(FieldRole.None, FieldRoles.Of(Encoding.UTF8.GetBytes(new string('é', length)), out _, out _));
        }
    }
}
