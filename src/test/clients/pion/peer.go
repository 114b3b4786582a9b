// Makes pion do what a test says: a line of JSON in, lines of JSON out (../README.md); the end of input is the end.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/pion/webrtc"
)

const longestLine = 1 << 24

type options struct {
	Ordered           *bool   `json:"ordered"`
	MaxRetransmits    *uint16 `json:"maxRetransmits"`
	MaxPacketLifeTime *uint16 `json:"maxPacketLifeTime"`
	Protocol          *string `json:"protocol"`
	Negotiated        *bool   `json:"negotiated"`
	ID                *uint16 `json:"id"`
}

type command struct {
	Number     int     `json:"number"`
	Do         string  `json:"do"`
	Connection int     `json:"connection"`
	Channel    string  `json:"channel"`
	Label      string  `json:"label"`
	Options    options `json:"options"`
	Type       string  `json:"type"`
	SDP        string  `json:"sdp"`
	Candidate  string  `json:"candidate"`
	Mid        *string `json:"mid"`
	Index      *uint16 `json:"index"`
	Binary     bool    `json:"binary"`
	Data       []byte  `json:"data"`
}

type words map[string]interface{}

var (
	speech      = os.Stdout
	output      sync.Mutex
	guard       sync.Mutex
	connections = map[int]*webrtc.PeerConnection{}
	channels    = map[string]*webrtc.DataChannel{}
	restarting  = map[int]bool{}
)

func say(said words) {
	text, err := json.Marshal(said)
	if err != nil {
		panic(err)
	}
	output.Lock()
	defer output.Unlock()
	speech.Write(append(text, '\n'))
}

func open(c command) error {
	connection, err := webrtc.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return err
	}
	connections[c.Connection] = connection
	connection.OnICECandidate(func(found *webrtc.ICECandidate) {
		if found == nil {
			say(words{"event": "candidate", "connection": c.Connection, "candidate": "", "mid": "0", "index": 0})
			return
		}
		candidate := found.ToJSON()
		say(words{"event": "candidate", "connection": c.Connection, "candidate": candidate.Candidate,
			"mid": candidate.SDPMid, "index": candidate.SDPMLineIndex})
	})
	connection.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		say(words{"event": "state", "connection": c.Connection, "state": state.String()})
	})
	theirs := 0
	connection.OnDataChannel(func(channel *webrtc.DataChannel) {
		guard.Lock()
		theirs++
		name := fmt.Sprintf("there-%d", theirs)
		guard.Unlock()
		say(words{"event": "channel", "connection": c.Connection, "channel": name, "label": channel.Label(),
			"protocol": channel.Protocol(), "ordered": channel.Ordered(),
			"maxRetransmits": channel.MaxRetransmits(), "maxPacketLifeTime": channel.MaxPacketLifeTime()})
		attach(c.Connection, name, channel)
	})
	return nil
}

func attach(connection int, name string, channel *webrtc.DataChannel) {
	guard.Lock()
	channels[fmt.Sprint(connection, name)] = channel
	guard.Unlock()
	channel.OnOpen(func() {
		say(words{"event": "open", "connection": connection, "channel": name, "stream": channel.ID()})
	})
	channel.OnMessage(func(message webrtc.DataChannelMessage) {
		data := message.Data
		if data == nil {
			data = []byte{}
		}
		say(words{"event": "message", "connection": connection, "channel": name, "binary": !message.IsString,
			"data": data})
	})
	channel.OnClose(func() {
		say(words{"event": "close", "connection": connection, "channel": name})
	})
}

func create(c command) error {
	channel, err := connections[c.Connection].CreateDataChannel(c.Label, &webrtc.DataChannelInit{
		Ordered: c.Options.Ordered, MaxRetransmits: c.Options.MaxRetransmits,
		MaxPacketLifeTime: c.Options.MaxPacketLifeTime, Protocol: c.Options.Protocol,
		Negotiated: c.Options.Negotiated, ID: c.Options.ID})
	if err == nil {
		attach(c.Connection, c.Channel, channel)
	}
	return err
}

func describe(c command) (interface{}, error) {
	connection := connections[c.Connection]
	var made webrtc.SessionDescription
	var err error
	if connection.SignalingState() == webrtc.SignalingStateHaveRemoteOffer {
		made, err = connection.CreateAnswer(nil)
	} else {
		made, err = connection.CreateOffer(&webrtc.OfferOptions{ICERestart: restarting[c.Connection]})
		delete(restarting, c.Connection)
	}
	if err != nil {
		return nil, err
	}
	return words{"type": made.Type.String(), "sdp": made.SDP}, connection.SetLocalDescription(made)
}

func send(c command) error {
	guard.Lock()
	channel := channels[fmt.Sprint(c.Connection, c.Channel)]
	guard.Unlock()
	if c.Binary {
		return channel.Send(c.Data)
	}
	return channel.SendText(string(c.Data))
}

func shut(c command) error {
	guard.Lock()
	channel := channels[fmt.Sprint(c.Connection, c.Channel)]
	guard.Unlock()
	return channel.Close()
}

func do(c command) (interface{}, error) {
	switch c.Do {
	case "open":
		return nil, open(c)
	case "create":
		return nil, create(c)
	case "restart":
		restarting[c.Connection] = true
		return nil, nil
	case "describe":
		return describe(c)
	case "accept":
		return nil, connections[c.Connection].SetRemoteDescription(
			webrtc.SessionDescription{Type: webrtc.NewSDPType(c.Type), SDP: c.SDP})
	case "candidate":
		return nil, connections[c.Connection].AddICECandidate(
			webrtc.ICECandidateInit{Candidate: c.Candidate, SDPMid: c.Mid, SDPMLineIndex: c.Index})
	case "send":
		return nil, send(c)
	case "shut":
		return nil, shut(c)
	case "close":
		connections[c.Connection].Close() // complains when the other end was first
		delete(connections, c.Connection)
		return nil, nil
	}
	return nil, fmt.Errorf("unknown command %s", c.Do)
}

func version() string {
	note, err := os.ReadFile("/var/lib/dpkg/status")
	if err != nil {
		return "unknown"
	}
	for _, entry := range strings.Split(string(note), "\n\n") {
		if strings.HasPrefix(entry, "Package: golang-github-pion-webrtc.v3-dev\n") {
			_, rest, _ := strings.Cut(entry, "\nVersion: ")
			found, _, _ := strings.Cut(rest, "\n")
			return found
		}
	}
	return "unknown"
}

func main() {
	os.Stdout = os.Stderr // where pion logs to
	say(words{"event": "ready", "version": version()})
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, longestLine)
	for lines.Scan() {
		var heard command
		if err := json.Unmarshal(lines.Bytes(), &heard); err != nil {
			panic(err)
		}
		if result, err := do(heard); err != nil {
			say(words{"answer": heard.Number, "error": err.Error()})
		} else {
			say(words{"answer": heard.Number, "result": result})
		}
	}
}
