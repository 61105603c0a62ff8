# A function whose logs go to an HTTP endpoint.
#   make build_lambda_x86
#   cd deploy/terraform/example && terraform init && terraform apply -var endpoint=https://logs.example.com/ingest

terraform {
  required_version = ">= 1.5"

  required_providers {
    archive = {
      source  = "hashicorp/archive"
      version = ">= 2.4"
    }
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "endpoint" {
  description = "Where the logs go."
  type        = string
}

variable "secret_arn" {
  description = "The ARN of a secret that holds a bearer token. Null: none."
  type        = string
  default     = null
}

variable "alarm_topic_arn" {
  description = "The ARN of an SNS topic that is told when logs are lost. Null: none."
  type        = string
  default     = null
}

variable "architecture" {
  description = "x86_64 or arm64."
  type        = string
  default     = "x86_64"
}

module "logs" {
  source = "../"

  endpoint     = var.endpoint
  architecture = var.architecture
  auth_type    = var.secret_arn == null ? "none" : "bearer"
  secret       = var.secret_arn == null ? null : { arn = var.secret_arn }
  variables    = var.alarm_topic_arn == null ? {} : { LOGS_METRICS = "emf" }
}

data "archive_file" "hello" {
  type        = "zip"
  output_path = "${path.module}/.terraform/hello.zip"

  source {
    filename = "index.py"
    content  = <<-EOT
      def handler(event, context):
          print("hello from", context.function_name)
    EOT
  }
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "hello" {
  name_prefix        = "logs-http-destination-"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "secret" {
  count = var.secret_arn == null ? 0 : 1

  role   = aws_iam_role.hello.id
  policy = module.logs.policy_json
}

resource "aws_lambda_function" "hello" {
  function_name    = "logs-http-destination-example"
  role             = aws_iam_role.hello.arn
  runtime          = "python3.13"
  architectures    = [var.architecture]
  handler          = "index.handler"
  filename         = data.archive_file.hello.output_path
  source_code_hash = data.archive_file.hello.output_base64sha256
  layers           = [module.logs.layer_arn]

  environment {
    variables = module.logs.environment
  }
}

# Of the lines of metrics in the function's log group, which its role has to be permitted to write to, CloudWatch makes the metrics of the alarm.
resource "aws_iam_role_policy_attachment" "cloudwatch_logs" {
  count = var.alarm_topic_arn == null ? 0 : 1

  role       = aws_iam_role.hello.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_cloudwatch_metric_alarm" "logs_lost" {
  count = var.alarm_topic_arn == null ? 0 : 1

  alarm_name          = "${aws_lambda_function.hello.function_name}-logs-lost"
  alarm_description   = "The extension has dropped records; docs/troubleshooting.md says what its lines in the log mean."
  namespace           = "LogsHttpDestination"
  metric_name         = "Dropped"
  dimensions          = { function_name = aws_lambda_function.hello.function_name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

output "function_name" {
  value = aws_lambda_function.hello.function_name
}
