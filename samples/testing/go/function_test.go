// Package function runs a function under the emulator, from go test.
package function

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"testing"
)

type summary struct {
	Result      string
	Invocations []struct {
		Status   string
		Lines    int
		Response json.RawMessage
	}
	Expectations []struct {
		Name    string
		Failure *string
	}
}

// run runs the emulator; it gives its exit code and the summary.
func run(t *testing.T, arguments ...string) (int, summary) {
	t.Helper()
	emulator := os.Getenv("LAMBDA_EMULATOR")
	if emulator == "" {
		emulator = "lambda-emulator"
	}
	output, err := exec.Command(emulator, append([]string{"run", "--json"}, arguments...)...).Output()
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSpace(output), []byte("\n"))
	var last summary
	if err := json.Unmarshal(lines[len(lines)-1], &last); err != nil {
		t.Fatalf("no summary: %v: %s", err, output)
	}
	return code, last
}

func TestTheFunctionResponds(t *testing.T) {
	code, last := run(t, "--function", "../../functions/python", "--timeout", "20s", "--invoke", "2", "--fail-on-error")
	if code != 0 || len(last.Invocations) != 2 || last.Invocations[1].Status != "success" {
		t.Fatalf("exit code %d, %+v", code, last)
	}
}

func TestEveryLineReachesTheDestination(t *testing.T) {
	code, last := run(t, "--scenario", "../../scenarios/forwarded.json")
	if code != 0 {
		t.Fatalf("exit code %d, %+v", code, last.Expectations)
	}
}
