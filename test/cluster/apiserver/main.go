// Command apiserver is a kube-apiserver and its etcd in one process, for tests on one machine.
//
//	apiserver <state folder> [flags of kube-apiserver]
//
// The state folder keeps the data and the sockets. etcd is reached by a socket in it and never by a
// port. On control.sock, POST /compact makes etcd forget all history up to now, in the way that the
// API server's own compactor does it. When its standard input ends, the process removes the state
// folder and ends: a test that is killed leaves nothing behind. SIGTERM ends it and keeps the folder.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"
	_ "time/tzdata"

	pb "go.etcd.io/etcd/api/v3/etcdserverpb"
	"go.etcd.io/etcd/server/v3/embed"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

const (
	etcdStartLimit = 30 * time.Second
	compactLimit   = 10 * time.Second

	// Sockets are named relative to the state folder: a full path may be longer than a socket's can be.
	// etcd wants host:port even of a socket, and takes the whole for the file's name.
	clientSocket  = "etcd-client:0"
	peerSocket    = "etcd-peer:0"
	controlSocket = "control.sock"

	// Where the API server keeps the revision it compacted last; its watch caches follow this key.
	compactRevKey = "compact_rev_key"
)

func main() {
	if len(os.Args) < 2 {
		fail(fmt.Errorf("usage: apiserver <state folder> [flags of kube-apiserver]"))
	}
	if err := os.Chdir(os.Args[1]); err != nil {
		fail(err)
	}
	etcd, err := startEtcd()
	if err != nil {
		fail(fmt.Errorf("etcd: %w", err))
	}
	if err := serveControl(etcd); err != nil {
		fail(fmt.Errorf("control: %w", err))
	}
	var abandoned atomic.Bool
	go endWithStandardInput(&abandoned)

	command := app.NewAPIServerCommand()
	command.SetArgs(append([]string{"--etcd-servers=unix://" + clientSocket}, os.Args[2:]...))
	code := cli.Run(command)
	etcd.Close()
	if abandoned.Load() {
		if err := removeState(); err != nil {
			fail(err)
		}
	}
	os.Exit(code)
}

func startEtcd() (*embed.Etcd, error) {
	for _, socket := range []string{clientSocket, peerSocket, controlSocket} {
		// Left behind by a process that was killed.
		if err := os.Remove(socket); err != nil && !os.IsNotExist(err) {
			return nil, err
		}
	}
	config := embed.NewConfig()
	config.Dir = "etcd"
	config.LogLevel = "error"
	config.UnsafeNoFsync = true
	config.ListenClientUrls = []url.URL{{Scheme: "unix", Host: clientSocket}}
	config.AdvertiseClientUrls = config.ListenClientUrls
	config.ListenPeerUrls = []url.URL{{Scheme: "unix", Host: peerSocket}}
	config.AdvertisePeerUrls = config.ListenPeerUrls
	config.InitialCluster = config.InitialClusterFromName(config.Name)

	etcd, err := embed.StartEtcd(config)
	if err != nil {
		return nil, err
	}
	select {
	case <-etcd.Server.ReadyNotify():
		return etcd, nil
	case err := <-etcd.Err():
		return nil, err
	case <-time.After(etcdStartLimit):
		etcd.Close()
		return nil, fmt.Errorf("not ready within %s", etcdStartLimit)
	}
}

func serveControl(etcd *embed.Etcd) error {
	listener, err := net.Listen("unix", controlSocket)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /compact", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), compactLimit)
		defer cancel()
		revision, err := compact(ctx, etcd)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		fmt.Fprintln(w, revision)
	})
	go func() { fail(fmt.Errorf("control: %w", http.Serve(listener, mux))) }()
	return nil
}

// compact forgets everything before a revision newer than all that was ever answered: the first write
// makes that revision, the second tells the API server about it.
func compact(ctx context.Context, etcd *embed.Etcd) (int64, error) {
	mark, err := etcd.Server.Put(ctx, &pb.PutRequest{Key: []byte(compactRevKey), Value: []byte("0")})
	if err != nil {
		return 0, err
	}
	revision := mark.Header.Revision
	value := strconv.FormatInt(revision, 10)
	if _, err := etcd.Server.Put(ctx, &pb.PutRequest{Key: []byte(compactRevKey), Value: []byte(value)}); err != nil {
		return 0, err
	}
	_, err = etcd.Server.Compact(ctx, &pb.CompactionRequest{Revision: revision, Physical: true})
	return revision, err
}

func endWithStandardInput(abandoned *atomic.Bool) {
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "apiserver: standard input:", err)
	}
	abandoned.Store(true)
	if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
		fail(err)
	}
}

func removeState() error {
	state, err := os.Getwd()
	if err != nil {
		return err
	}
	return os.RemoveAll(state)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "apiserver:", err)
	os.Exit(1)
}
