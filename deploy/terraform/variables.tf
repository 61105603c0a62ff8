variable "endpoint" {
  description = "Where the logs go: an http:// or https:// URL."
  type        = string

  validation {
    condition     = can(regex("^https?://[^/]+", var.endpoint))
    error_message = "endpoint has to be an http:// or https:// URL, for example https://logs.example.com/ingest."
  }
}

variable "architecture" {
  description = "The architecture of the functions: x86_64 or arm64."
  type        = string
  default     = "x86_64"

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "architecture has to be x86_64 or arm64."
  }
}

variable "layer_arn" {
  description = "The ARN of a layer version that is published already (make deploy_cli_x86, make deploy_cli_arm). Null: one is made from the zip."
  type        = string
  default     = null
}

variable "zip" {
  description = "The zip of the layer. Null: the one that make build_lambda_x86 or make build_lambda_arm writes in this repository."
  type        = string
  default     = null
}

variable "layer_name" {
  description = "The name of the layer that is made; the architecture is added."
  type        = string
  default     = "aws-lambda-logs-http-destination"
}

variable "auth_type" {
  description = "How requests to the endpoint are authenticated: none, basic, bearer, apikey (or api_key) or sigv4."
  type        = string
  default     = "none"

  validation {
    condition     = contains(["none", "basic", "bearer", "apikey", "api_key", "sigv4"], var.auth_type)
    error_message = "auth_type has to be none, basic, bearer, apikey or sigv4."
  }
}

variable "secret" {
  description = "The secret in Secrets Manager that holds the password, token or key: its ARN and, where it is a JSON object, the field. Null: none is read. Whether it is null must be known when Terraform plans; the ARN need not be."
  type = object({
    arn   = string
    field = optional(string)
  })
  default = null
}

variable "kms_key_arn" {
  description = "The ARN of the key that the secret is encrypted with, where it is one of yours. Null: the account's own key for Secrets Manager, which needs no permission."
  type        = string
  default     = null
}

variable "variables" {
  description = "Any other variables of the extension, for example { LOGS_FORMAT = \"ndjson\" }. See docs/configuration.md."
  type        = map(string)
  default     = {}
}
