#!/bin/sh
# Sends a signed webhook to a receiver, as Tocsin would: to try yours before any alert comes. Needs openssl and curl:
#
#     WEBHOOK_SECRET=whsec_… sh send.sh http://127.0.0.1:8099/ [body.json]
#
# Without a file it sends a message of type endpoint.test. It ends with an error unless the receiver answers 2xx.
set -eu

body=${2:-}
if [ -z "$body" ]; then
  body=$(mktemp)
  trap 'rm -f "$body"' EXIT
  printf '{"type":"endpoint.test","timestamp":"%s","data":{"message":"This is a test.","archive":"send.sh"}}' \
    "$(date -u +%Y-%m-%dT%H:%M:%SZ)" > "$body"
fi

id=msg_$(openssl rand -hex 12)
timestamp=$(date +%s)
key=$(printf %s "${WEBHOOK_SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
signature=$({ printf '%s.%s.' "$id" "$timestamp"; cat "$body"; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)

curl --fail --silent --show-error "$1" --data-binary "@$body" \
  --header 'Content-Type: application/json' \
  --header "webhook-id: $id" \
  --header "webhook-timestamp: $timestamp" \
  --header "webhook-signature: v1,$signature"
echo "sent $id"
