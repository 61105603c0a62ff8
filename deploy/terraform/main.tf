# The extension for functions of yours: a layer, the variables and the policy to give to them. See example/ for a whole function.

locals {
  zip = coalesce(var.zip, "${path.module}/../../artifacts/aws-lambda-logs-http-destination-${var.architecture}.zip")

  layer_arn = var.layer_arn != null ? var.layer_arn : aws_lambda_layer_version.this[0].arn

  credentials = var.secret == null ? {} : {
    HTTP_AUTH_CREDENTIALS = var.secret.field == null ? var.secret.arn : "${var.secret.arn}#${var.secret.field}"
  }

  needs_secret = contains(["basic", "bearer", "apikey", "api_key"], var.auth_type)

  environment = merge(
    {
      HTTP_ENDPOINT  = var.endpoint
      HTTP_AUTH_TYPE = var.auth_type
    },
    local.credentials,
    var.variables,
  )
}

resource "aws_lambda_layer_version" "this" {
  count = var.layer_arn == null ? 1 : 0

  layer_name               = "${var.layer_name}-${var.architecture}"
  description              = "Sends a function's logs to an HTTP endpoint, ${var.architecture}"
  filename                 = local.zip
  source_code_hash         = filebase64sha256(local.zip)
  compatible_architectures = [var.architecture]
  license_info             = "MIT"
}

# The extension needs no permission. It reads a secret where it is told to, and then this one.
data "aws_iam_policy_document" "this" {
  count = var.secret == null ? 0 : 1

  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [var.secret.arn]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
    }
  }
}

# Told when Terraform plans, and not by an endpoint that refuses every request.
resource "terraform_data" "checks" {
  lifecycle {
    precondition {
      condition     = local.needs_secret == (var.secret != null) || contains(keys(var.variables), "HTTP_AUTH_CREDENTIALS")
      error_message = local.needs_secret ? "auth_type ${var.auth_type} needs secret: { arn = ..., field = ... }." : "secret needs auth_type: basic, bearer or apikey."
    }
  }
}
