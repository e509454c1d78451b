#!/bin/sh
# Checks one webhook that was kept, by hand. Needs openssl:
#
#     WEBHOOK_SECRET=whsec_… sh verify.sh ID TIMESTAMP SIGNATURE < body
#
# with the values of webhook-id, webhook-timestamp and webhook-signature, and the body to the byte as it came. It does not
# look at the age of the timestamp, and shell does not compare in constant time: a server wants one of the other examples.
set -eu

key=$(printf %s "${WEBHOOK_SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
expected=$({ printf '%s.%s.' "$1" "$2"; cat; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)

# While a secret is being replaced there are two signatures; one that matches is enough.
for signature in $3; do
  if [ "$signature" = "v1,$expected" ]; then
    echo "verified $1"
    exit 0
  fi
done
echo 'no signature matches' >&2
exit 1
