"""A receiver of webhooks that trusts a request only when its signature verifies.

Needs Python 3.8 and nothing else:

    WEBHOOK_SECRET=whsec_… python3 verify.py
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE_SECONDS = 5 * 60
MOST_BYTES = 32 * 1024 * 1024


def verify(secret, headers, body):
    """Returns the message's id. `body` is the bytes as they came: parse them only afterwards.

    Raises ValueError saying what is wrong.
    """
    message_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        raise ValueError("the timestamp is too far from now")

    key = base64.b64decode(secret[len("whsec_"):] if secret.startswith("whsec_") else secret)
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = hmac.new(key, signed, hashlib.sha256).digest()
    # While a secret is being replaced there are two signatures; one that matches is enough.
    for signature in headers.get("webhook-signature", "").split(" "):
        version, _, given = signature.partition(",")
        try:
            if version == "v1" and hmac.compare_digest(base64.b64decode(given), expected):
                return message_id
        except binascii.Error:
            continue
    raise ValueError("no signature matches")


class Receiver(BaseHTTPRequestHandler):
    # A real receiver keeps the ids of the last days in its database, under a unique constraint.
    seen = set()

    def do_POST(self):
        length = int(self.headers.get("content-length", 0))
        # Anybody can send anything: what is longer than any alert is not read.
        if length > MOST_BYTES:
            self.answer(413)
            return
        body = self.rfile.read(length)
        try:
            message_id = verify(SECRET, self.headers, body)
        except ValueError as error:
            print(f"refused: {error}", file=sys.stderr, flush=True)
            self.answer(400)
            return
        if message_id in self.seen:
            print(f"duplicate {message_id}", flush=True)
        else:
            print(f"{json.loads(body)['type']} {message_id}", flush=True)
            self.seen.add(message_id)
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    SECRET = os.environ.get("WEBHOOK_SECRET") or sys.exit("set WEBHOOK_SECRET to the secret of the destination")
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8099"))), Receiver)
    print(f"listening on http://127.0.0.1:{server.server_port}/", flush=True)
    server.serve_forever()
