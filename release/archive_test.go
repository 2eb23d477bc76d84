package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"testing"
	"time"
)

var (
	sample     = []file{{"a/firestone", []byte("program"), true}, {"a/man/x.1", []byte("page"), false}}
	sampleDate = time.Date(2026, 3, 1, 12, 30, 15, 0, time.UTC)
)

func TestTarred(t *testing.T) {
	content, err := tarred(sample, sampleDate)
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if !unpacked.ModTime.IsZero() || unpacked.Name != "" {
		t.Errorf("gzip names a date and a file: %v", unpacked.Header)
	}
	archive := tar.NewReader(unpacked)
	for _, want := range sample {
		header, err := archive.Next()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(archive)
		if err != nil {
			t.Fatal(err)
		}
		if header.Name != want.name || header.FileInfo().Mode() != want.mode() || !header.ModTime.Equal(sampleDate) || !bytes.Equal(got, want.content) {
			t.Errorf("%s: %+v holds %q", want.name, header, got)
		}
		if header.Uid != 0 || header.Gid != 0 || header.Uname != "" || header.Gname != "" {
			t.Errorf("%s belongs to somebody: %+v", want.name, header)
		}
	}
	if _, err := archive.Next(); !errors.Is(err, io.EOF) {
		t.Errorf("there is more: %v", err)
	}
}

func TestZipped(t *testing.T) {
	content, err := zipped(sample, sampleDate)
	if err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if len(archive.File) != len(sample) {
		t.Fatalf("there are %d files, expected %d", len(archive.File), len(sample))
	}
	for i, want := range sample {
		entry := archive.File[i]
		opened, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(opened)
		if err != nil {
			t.Fatal(err)
		}
		if entry.Name != want.name || entry.Mode() != want.mode() || !entry.Modified.Equal(sampleDate) || !bytes.Equal(got, want.content) {
			t.Errorf("%s: %+v holds %q", want.name, entry.FileHeader, got)
		}
	}
}
