//go:build unix

package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A mock is a started server.
type mock struct {
	command *exec.Cmd
	url     string
	log     bytes.Buffer
}

// startMock starts a mock of a definition and returns once it answers.
func startMock(firestone, folder, definition string) (*mock, error) {
	ready := filepath.Join(folder, "ready")
	_ = os.Remove(ready) // usually it does not exist
	m := &mock{command: exec.Command(firestone, "mock", definition, "--listen", "127.0.0.1:0", "--ready-file", ready)}
	m.command.Stderr = &m.log
	if err := m.command.Start(); err != nil {
		return nil, err
	}
	for range 5000 {
		if text, err := os.ReadFile(ready); err == nil {
			m.url = strings.TrimSpace(string(text))
			response, err := http.Get(m.url + "/items")
			if err != nil {
				return nil, err
			}
			return m, response.Body.Close()
		}
		time.Sleep(time.Millisecond)
	}
	return nil, fmt.Errorf("the mock does not listen: %s", m.stop())
}

// stop stops the mock and returns its output.
func (m *mock) stop() string {
	_ = m.command.Process.Signal(syscall.SIGTERM)
	_ = m.command.Wait()
	return lastLines(m.log.String(), 5)
}

// cpu returns the CPU time of the mock so far.
func (m *mock) cpu() (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", m.command.Process.Pid))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+2:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond, nil // in hundredths of a second
}

// timeStart returns the time from the start of a mock to its first response.
func (b bench) timeStart(definition string) (spread, error) {
	var walls []time.Duration
	for range b.runs(21) {
		start := time.Now()
		m, err := startMock(b.firestone, b.folder, definition)
		if err != nil {
			return spread{}, err
		}
		walls = append(walls, time.Since(start))
		m.stop()
	}
	return spreadOf(walls), nil
}
