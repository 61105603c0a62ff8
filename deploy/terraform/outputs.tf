output "layer_arn" {
  description = "For the layers of a function."
  value       = local.layer_arn
}

output "environment" {
  description = "For the environment variables of a function."
  value       = local.environment
}

output "policy_json" {
  description = "What the role of a function must be allowed beside its own needs. Null: nothing."
  value       = one(data.aws_iam_policy_document.this[*].json)
}
