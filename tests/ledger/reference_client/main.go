// Reads a ledger with the Go project's own library for transparency logs, which has nothing of
// launchpolicy: golang.org/x/mod/sumdb/tlog and note.
//
//	go run main.go KEY FOLDER OLD [PROOF ...]
//
// KEY is the public key of the checkpoints, FOLDER the ledger's branch, OLD a folder with its
// checkpoint as it was before, PROOF a receipt (c2sp.org/tlog-proof@v1). Ends with 0 and one line
// that counts what was verified, or with 1 and what is wrong.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

// folderTiles gives the tiles of a folder, by the paths of c2sp.org/tlog-tiles.
type folderTiles struct{ folder string }

func (folderTiles) Height() int { return height }

func (tiles folderTiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var read [][]byte
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
		data, err := os.ReadFile(filepath.Join(tiles.folder, path))
		if err != nil {
			return nil, err
		}
		read = append(read, data)
	}
	return read, nil
}

func (folderTiles) SaveTiles([]tlog.Tile, [][]byte) {}

// openCheckpoint verifies a checkpoint and returns its tree and its text.
func openCheckpoint(source string, verifiers note.Verifiers) tlog.Tree {
	signed, err := note.Open([]byte(source), verifiers)
	if err != nil {
		log.Fatalf("checkpoint: %v", err)
	}
	lines := strings.Split(signed.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		log.Fatalf("size: %v", err)
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		log.Fatalf("root: %v", err)
	}
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree
}

func readFile(parts ...string) string {
	data, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		log.Fatal(err)
	}
	return string(data)
}

// entries reads the records of a tree from its bundles of at most 256.
func entries(folder string, size int64) [][]byte {
	var records [][]byte
	for index := int64(0); index*256 < size; index++ {
		width := size - index*256
		if width > 256 {
			width = 256
		}
		tile := tlog.Tile{H: height, L: -1, N: index, W: int(width)}
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/data/", height), "tile/entries/", 1)
		bundle := []byte(readFile(folder, path))
		for len(bundle) > 0 {
			length := int(binary.BigEndian.Uint16(bundle))
			records = append(records, bundle[2:2+length])
			bundle = bundle[2+length:]
		}
	}
	if int64(len(records)) != size {
		log.Fatalf("%d entries in a tree of %d", len(records), size)
	}
	return records
}

// checkReceipt verifies a receipt on its own.
func checkReceipt(path string, verifiers note.Verifiers) {
	head, checkpoint, _ := strings.Cut(readFile(path), "\n\n")
	lines := strings.Split(head, "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		log.Fatalf("%s: %s", path, lines[0])
	}
	entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		log.Fatal(err)
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		log.Fatal(err)
	}
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			log.Fatal(err)
		}
		proof = append(proof, hash)
	}
	tree := openCheckpoint(checkpoint, verifiers)
	if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
		log.Fatalf("%s: %v", path, err)
	}
}

func main() {
	log.SetFlags(0)
	verifier, err := note.NewVerifier(os.Args[1])
	if err != nil {
		log.Fatalf("key: %v", err)
	}
	verifiers := note.VerifierList(verifier)
	folder := os.Args[2]
	tree := openCheckpoint(readFile(folder, "checkpoint"), verifiers)
	old := openCheckpoint(readFile(os.Args[3], "checkpoint"), verifiers)
	reader := tlog.TileHashReader(tree, folderTiles{folder})
	for index, record := range entries(folder, tree.N) {
		number := int64(index)
		proof, err := tlog.ProveRecord(tree.N, number, reader)
		if err != nil {
			log.Fatalf("entry %d: %v", number, err)
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, number, tlog.RecordHash(record)); err != nil {
			log.Fatalf("entry %d: %v", number, err)
		}
	}
	growth, err := tlog.ProveTree(tree.N, old.N, reader)
	if err != nil {
		log.Fatalf("growth: %v", err)
	}
	if err := tlog.CheckTree(growth, tree.N, tree.Hash, old.N, old.Hash); err != nil {
		log.Fatalf("growth: %v", err)
	}
	for _, path := range os.Args[4:] {
		checkReceipt(path, verifiers)
	}
	fmt.Printf("%d entries, grown from %d, %d receipts\n", tree.N, old.N, len(os.Args)-4)
}
