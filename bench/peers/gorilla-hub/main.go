// gorilla-hub is a room server as gorilla/websocket suggests to build one: a
// hub goroutine per room, and for each client a buffered channel with one
// goroutine that reads and one that writes.
package main

import (
	"fmt"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	pingEvery = 5 * time.Second
	writeWait = 10 * time.Second
	buffered  = 256
)

type client struct {
	conn *websocket.Conn
	send chan []byte
}

type hub struct {
	clients    map[*client]bool
	register   chan *client
	unregister chan *client
	broadcast  chan []byte
}

func newHub() *hub {
	h := &hub{map[*client]bool{}, make(chan *client), make(chan *client), make(chan []byte)}
	go h.run()
	return h
}

func (h *hub) run() {
	for {
		select {
		case c := <-h.register:
			h.clients[c] = true
			c.send <- []byte("welcome")
		case c := <-h.unregister:
			h.drop(c)
		case said := <-h.broadcast:
			for c := range h.clients {
				select {
				case c.send <- said:
				default: // too slow: its buffer is full
					h.drop(c)
				}
			}
		}
	}
}

func (h *hub) drop(c *client) {
	if h.clients[c] {
		delete(h.clients, c)
		close(c.send)
	}
}

func (c *client) read(h *hub) {
	defer func() {
		h.unregister <- c
		c.conn.Close()
	}()
	for {
		_, said, err := c.conn.ReadMessage()
		if err != nil {
			return
		}
		h.broadcast <- said
	}
}

func (c *client) write() {
	ticker := time.NewTicker(pingEvery)
	defer func() {
		ticker.Stop()
		c.conn.Close()
	}()
	for {
		select {
		case said, ok := <-c.send:
			c.conn.SetWriteDeadline(time.Now().Add(writeWait))
			if !ok {
				c.conn.WriteMessage(websocket.CloseMessage, nil)
				return
			}
			if err := c.conn.WriteMessage(websocket.TextMessage, said); err != nil {
				return
			}
		case <-ticker.C:
			c.conn.SetWriteDeadline(time.Now().Add(writeWait))
			if err := c.conn.WriteMessage(websocket.PingMessage, nil); err != nil {
				return
			}
		}
	}
}

type rooms struct {
	sync.Mutex
	hubs map[string]*hub
}

func (r *rooms) hub(name string) *hub {
	r.Lock()
	defer r.Unlock()
	if r.hubs[name] == nil {
		r.hubs[name] = newHub()
	}
	return r.hubs[name]
}

func main() {
	all := &rooms{hubs: map[string]*hub{}}
	upgrader := &websocket.Upgrader{ReadBufferSize: 1024, WriteBufferSize: 1024}
	serve := func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		h := all.hub(r.URL.Query().Get("room"))
		c := &client{conn, make(chan []byte, buffered)}
		h.register <- c
		go c.write()
		go c.read(h)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on http://%s\n", listener.Addr())
	log.Fatal(http.Serve(listener, http.HandlerFunc(serve)))
}
