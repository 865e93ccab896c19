// demo-loop is the chat demo of 2019, written anew: one event loop that takes
// register, destroy, broadcast and cancel in turn and writes to every
// connection itself, one after another.
package main

import (
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/gorilla/websocket"
)

type messageType int

const (
	systemMessage messageType = iota
	broadcastMessage
	heartBeatMessage
	connectedMessage
	disconnectedMessage
)

type message struct {
	ID      string
	Content string
	SentAt  int64
	Type    messageType
}

type client struct {
	id   string
	conn *websocket.Conn
}

type aliveList struct {
	connList  map[string]*client
	register  chan *client
	destroy   chan *client
	broadcast chan message
	cancel    chan os.Signal
}

func (list *aliveList) run() {
	for {
		select {
		case joined := <-list.register:
			list.connList[joined.id] = joined
			list.writeAll(message{joined.id, "connected", time.Now().Unix(), connectedMessage}, "")
		case gone := <-list.destroy:
			if list.connList[gone.id] != gone {
				continue
			}
			delete(list.connList, gone.id)
			gone.conn.Close()
			list.writeAll(message{gone.id, "disconnected", time.Now().Unix(), disconnectedMessage}, "")
		case said := <-list.broadcast:
			list.writeAll(said, said.ID)
		case <-list.cancel:
			os.Exit(0)
		}
	}
}

// writeAll writes to everyone but the one called except, and forgets whom it cannot reach.
func (list *aliveList) writeAll(said message, except string) {
	for id, to := range list.connList {
		if id == except {
			continue
		}
		if err := to.conn.WriteJSON(said); err != nil {
			delete(list.connList, id)
			to.conn.Close()
		}
	}
}

func (list *aliveList) beat() {
	for range time.Tick(5 * time.Second) {
		list.broadcast <- message{"", "heartbeat", time.Now().Unix(), heartBeatMessage}
	}
}

func (list *aliveList) serve(upgrader *websocket.Upgrader) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		self := &client{r.URL.Query().Get("id"), conn}
		list.register <- self
		for {
			var said message
			if err := conn.ReadJSON(&said); err != nil {
				list.destroy <- self
				return
			}
			if said.Type != broadcastMessage {
				continue
			}
			said.ID = self.id
			said.SentAt = time.Now().Unix()
			list.broadcast <- said
		}
	}
}

func main() {
	list := &aliveList{
		connList:  map[string]*client{},
		register:  make(chan *client),
		destroy:   make(chan *client),
		broadcast: make(chan message),
		cancel:    make(chan os.Signal, 1),
	}
	go list.run()
	go list.beat()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on http://%s\n", listener.Addr())
	log.Fatal(http.Serve(listener, list.serve(&websocket.Upgrader{})))
}
