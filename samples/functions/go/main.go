// A Lambda function with nothing but Go's standard library. What an event can ask for: see ../README.md.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime/debug"
	"strings"
	"time"
)

var api = "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/"

// No timeout: the environment may be frozen for hours inside a call. No proxy: the API is on this machine.
var client = &http.Client{Transport: &http.Transport{}}

var errAskedToFail = errors.New("it was asked to fail")

type event struct {
	Lines   *int `json:"lines"`
	JSON    bool `json:"json"`
	Size    int  `json:"size"`
	Trace   bool `json:"trace"`
	SleepMs int  `json:"sleepMs"`
	Exit    *int `json:"exit"`
	Oom     bool `json:"oom"`
	Fail    bool `json:"fail"`
}

func (e event) count() int {
	if e.Lines == nil {
		return 3
	}
	return *e.Lines
}

type line struct {
	Level     string `json:"level"`
	RequestID string `json:"requestId"`
	Message   string `json:"message"`
}

func writeLines(e event, request string) {
	padding := strings.Repeat("x", e.Size)
	for i := 1; i <= e.count(); i++ {
		if !e.JSON {
			fmt.Printf("line %d of %d %s%s\n", i, e.count(), request, padding)
			continue
		}
		text, _ := json.Marshal(line{"INFO", request, fmt.Sprintf("line %d of %d%s", i, e.count(), padding)})
		fmt.Println(string(text))
	}
}

func handle(e event, request string) (map[string]int, error) {
	writeLines(e, request)
	if e.Trace {
		fmt.Printf("panic: asked to show a trace\n\n%s", debug.Stack())
	}
	time.Sleep(time.Duration(e.SleepMs) * time.Millisecond)
	if e.Exit != nil {
		os.Exit(*e.Exit)
	}
	if e.Oom {
		var hoard [][]byte
		for {
			hoard = append(hoard, bytes.Repeat([]byte{1}, 1<<20))
		}
	}
	if e.Fail {
		return nil, errAskedToFail
	}
	return map[string]int{"lines": e.count()}, nil
}

func post(path string, body any, errorType string) {
	text, err := json.Marshal(body)
	check(err)
	request, err := http.NewRequest("POST", api+path, bytes.NewReader(text))
	check(err)
	request.Header.Set("Content-Type", "application/json")
	if errorType != "" {
		request.Header.Set("Lambda-Runtime-Function-Error-Type", errorType)
	}
	response, err := client.Do(request)
	check(err)
	io.Copy(io.Discard, response.Body)
	response.Body.Close()
}

func next() (event, string) {
	response, err := client.Get(api + "invocation/next")
	check(err)
	defer response.Body.Close()
	var e event
	check(json.NewDecoder(response.Body).Decode(&e))
	return e, response.Header.Get("Lambda-Runtime-Aws-Request-Id")
}

func errorBody(err error) map[string]any {
	return map[string]any{"errorMessage": err.Error(), "errorType": "AskedToFail", "stackTrace": []string{}}
}

// Without its API there is nothing that a function could do.
func check(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func main() {
	if os.Getenv("FAIL_INIT") != "" {
		fmt.Println("init fails: FAIL_INIT is set")
		post("init/error", errorBody(errors.New("FAIL_INIT is set")), "Runtime.InitError")
		os.Exit(1)
	}

	fmt.Println("go function is ready")
	for {
		e, request := next()
		result, err := handle(e, request)
		if err != nil {
			fmt.Println("handler fails:", err)
			post("invocation/"+request+"/error", errorBody(err), "Function.AskedToFail")
			continue
		}
		post("invocation/"+request+"/response", result, "")
	}
}
