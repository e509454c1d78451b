// A receiver of webhooks that trusts a request only when its signature verifies.
//
// Needs Go 1.19 and nothing else:
//
//	WEBHOOK_SECRET=whsec_… go run verify.go
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

const tolerance = 5 * time.Minute

// Anybody can send anything: what is longer than any alert is not read.
const mostBytes = 32 << 20

// verify returns the message's id. body is the bytes as they came: parse them only afterwards.
func verify(secret string, header http.Header, body []byte) (string, error) {
	id, timestamp := header.Get("webhook-id"), header.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return "", errors.New("there is no timestamp")
	}
	age := time.Since(time.Unix(seconds, 0))
	if age > tolerance || age < -tolerance {
		return "", errors.New("the timestamp is too far from now")
	}

	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.", id, timestamp)
	mac.Write(body)
	expected := mac.Sum(nil)
	// While a secret is being replaced there are two signatures; one that matches is enough.
	for _, signature := range strings.Split(header.Get("webhook-signature"), " ") {
		if !strings.HasPrefix(signature, "v1,") {
			continue
		}
		given, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(signature, "v1,"))
		if err == nil && hmac.Equal(given, expected) {
			return id, nil
		}
	}
	return "", errors.New("no signature matches")
}

type receiver struct {
	secret string
	mutex  sync.Mutex
	// A real receiver keeps the ids of the last days in its database, under a unique constraint.
	seen map[string]bool
}

func (r *receiver) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(response, request.Body, mostBytes))
	if err != nil {
		http.Error(response, "not read", http.StatusBadRequest)
		return
	}
	id, err := verify(r.secret, request.Header, body)
	if err != nil {
		fmt.Fprintln(os.Stderr, "refused:", err)
		http.Error(response, "not verified", http.StatusBadRequest)
		return
	}
	var message struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(body, &message); err != nil {
		http.Error(response, "not JSON", http.StatusBadRequest)
		return
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.seen[id] {
		fmt.Println("duplicate", id)
	} else {
		fmt.Println(message.Type, id)
		r.seen[id] = true
	}
	response.WriteHeader(http.StatusNoContent)
}

func main() {
	secret := os.Getenv("WEBHOOK_SECRET")
	if secret == "" {
		log.Fatal("set WEBHOOK_SECRET to the secret of the destination")
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "8099"
	}
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", port))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on http://%s/\n", listener.Addr())
	log.Fatal(http.Serve(listener, &receiver{secret: secret, seen: map[string]bool{}}))
}
