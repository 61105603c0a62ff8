using LambdaLogs.Emulator.Templates;
using LambdaLogs.Emulator.Tests.Support;

namespace LambdaLogs.Emulator.Tests.Templates;

public sealed class FunctionTemplateTests : IDisposable
{
    const string Sam = """
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: AWS::Serverless-2016-10-31
        Parameters:
          Stage: {Type: String, Default: dev}
        Globals:
          Function:
            Runtime: python3.12
            Timeout: 9
            Environment: {Variables: {SHARED: all, STAGE: none}}
        Resources:
          Tools:
            Type: AWS::Serverless::LayerVersion
            Properties: {ContentUri: layers/tools}
          Checkout:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: src/
              Handler: app.handler
              MemorySize: 512
              EphemeralStorage: {Size: 1024}
              LoggingConfig: {LogFormat: JSON}
              Layers:
                - !Ref Tools
                - arn:aws:lambda:us-east-1:123456789012:layer:other:1
              Environment:
                Variables:
                  STAGE: !Ref Stage
                  TABLE: !Sub 'orders-${Stage}-${AWS::Region}'
                  QUEUE: !GetAtt Queue.Arn
          Queue:
            Type: AWS::SQS::Queue
        """;

    readonly TempFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_sam_function_has_what_all_have_and_its_own()
    {
        _files.Write("layers/tools/bin/tool", "");
        var template = FunctionTemplate.Read(_files.Write("template.yaml", Sam), null);

        Assert.Null(template.Problem);
        Assert.Equal(("Checkout", "python3.12", "app.handler"), (template.Name, template.Runtime, template.Handler));
        Assert.Equal((512, 1024, TimeSpan.FromSeconds(9)), (template.MemoryMb, template.EphemeralStorageMb, template.Timeout));
        Assert.Equal("JSON", template.LogFormat);
        Assert.Equal(Path.Combine(_files.Root, "src/"), template.Directory);
        Assert.Equal([Path.Combine(_files.Root, "layers/tools")], template.Layers);
        Assert.Equal(
            ["SHARED=all", "STAGE=none", "STAGE=dev", "TABLE=orders-dev-us-east-1", "QUEUE="], template.Environment);
    }

    [Fact]
    public void A_cloudformation_template_may_be_json()
    {
        var template = FunctionTemplate.Read(_files.Write("t.json", """
            {"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties":
              {"FunctionName": {"Fn::Sub": "shop-${AWS::StackName}"}, "Runtime": "nodejs22.x", "Handler": "index.handler", "MemorySize": 256}}}}
            """), null);
        Assert.Equal(("shop-local", "nodejs22.x", 256), (template.Name, template.Runtime, template.MemoryMb));
        Assert.Equal(_files.Root, template.Directory);
    }

    [Fact]
    public void What_is_wrong_with_a_template_is_reported()
    {
        var two = _files.Write("two.yaml", "Resources: {A: {Type: AWS::Lambda::Function}, B: {Type: AWS::Lambda::Function}}");
        Assert.Contains("choose one with --resource: A, B", FunctionTemplate.Read(two, null).Problem);
        Assert.Contains("--resource C", FunctionTemplate.Read(two, "C").Problem);
        Assert.Null(FunctionTemplate.Read(two, "B").Problem);
        Assert.Contains("contains no function", FunctionTemplate.Read(_files.Write("none.yaml", "Resources: {}"), null).Problem);
        Assert.NotNull(FunctionTemplate.Read(_files.Write("broken.yaml", "a: [b"), null).Problem);
        Assert.NotNull(FunctionTemplate.Read("/no/such/file", null).Problem);
    }
}
