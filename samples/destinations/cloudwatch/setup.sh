#!/usr/bin/env bash
# One log group for many functions: creates it with its stream, and permits the role of a function to write to it.
# Usage: REGION=eu-west-1 ROLE=role-of-the-function samples/destinations/cloudwatch/setup.sh
set -euo pipefail

: "${REGION:?say which, for example REGION=eu-west-1}"
: "${ROLE:?the name of the role of the function}"
group=/lambda/all

account=$(aws sts get-caller-identity --query Account --output text)
aws logs create-log-group --region "$REGION" --log-group-name "$group"
aws logs create-log-stream --region "$REGION" --log-group-name "$group" --log-stream-name lambda
aws iam put-role-policy --role-name "$ROLE" --policy-name central-logs --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "logs:PutLogEvents",
    "Resource": "arn:aws:logs:'"$REGION:$account"':log-group:'"$group"':log-stream:lambda"
  }]
}'
