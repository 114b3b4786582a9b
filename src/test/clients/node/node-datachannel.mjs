// The library's own API under W3C's names; its polyfill of them waits for ever for an answer of its own.
import library from 'node-datachannel';
import {drive} from './stdio.mjs';

class Channel {
  constructor(native) {
    this.native = native;
    this.ordered = true; // the library does not tell
    native.onOpen(() => this.onopen());
    native.onMessage(data => this.onmessage({data}));
    native.onClosed(() => this.onclose());
  }

  get id() { return this.native.getId(); }
  get label() { return this.native.getLabel(); }
  get protocol() { return this.native.getProtocol(); }
  get readyState() { return this.native.isOpen() ? 'open' : 'connecting'; }

  send(data) {
    const taken = typeof data === 'string' ? this.native.sendMessage(data) : this.native.sendMessageBinary(data);
    if (taken === undefined) {
      throw new Error('not sent');
    }
  }

  close() { this.native.close(); }
}

class Connection {
  constructor() {
    this.native = new library.PeerConnection('peer', {iceServers: [], disableAutoNegotiation: true});
    this.native.onLocalCandidate((candidate, mid) => this.onicecandidate({candidate: {candidate, sdpMid: mid}}));
    this.native.onGatheringStateChange(state => state === 'complete' && this.onicecandidate({candidate: null}));
    this.native.onStateChange(state => {
      this.connectionState = state;
      this.onconnectionstatechange();
    });
    this.native.onDataChannel(channel => this.ondatachannel({channel: new Channel(channel)}));
  }

  get signalingState() { return this.native.signalingState(); }
  get localDescription() { return this.native.localDescription(); }

  createDataChannel(label, {ordered, ...options}) {
    return new Channel(this.native.createDataChannel(label, {...options, unordered: ordered === false}));
  }

  createOffer({iceRestart}) {
    if (iceRestart) {
      throw new Error('the library has no ICE restart');
    }
    return {type: 'offer'};
  }

  createAnswer() { return {type: 'answer'}; }
  setLocalDescription({type}) { this.native.setLocalDescription(type); }
  setRemoteDescription({type, sdp}) { this.native.setRemoteDescription(sdp, type); }

  addIceCandidate({candidate, sdpMid}) {
    if (candidate) {
      this.native.addRemoteCandidate(candidate, sdpMid);
    }
  }

  close() { this.native.close(); }
}

drive('node-datachannel', () => new Connection());
