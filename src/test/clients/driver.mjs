// Makes a WebRTC stack that has W3C's API do what a test says: commands in, answers and events out, all of them JSON.
// README.md lists them. It runs in a browser and in Node.

const CHUNK = 0x8000;
/** What wrtc says where others say null. */
const NO_LIMIT = 65535;

function toBase64(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(text);
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), character => character.charCodeAt(0));
}

function limit(value) {
  return value === undefined || value === NO_LIMIT ? null : value;
}

function known(options) {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));
}

/** The connections of one process; `make` makes one, `say` takes what the test shall hear. */
export class Driver {
  constructor(make, say) {
    this.make = make;
    this.say = say;
    this.connections = new Map();
    this.channels = new Map();
    this.restarting = new Set();
    this.last = Promise.resolve();
  }

  /** Carries commands out one after the other. */
  hear(command) {
    this.last = this.last
      .then(() => this[command.do](command))
      .then(
        result => this.say({answer: command.number, result: result ?? null}),
        error => this.say({answer: command.number, error: String(error?.message ?? error)}));
  }

  open({connection: number}) {
    const connection = this.make();
    this.connections.set(number, connection);
    connection.onicecandidate = ({candidate}) => this.say({
      event: 'candidate', connection: number, candidate: candidate?.candidate ?? '',
      mid: candidate?.sdpMid ?? null, index: candidate?.sdpMLineIndex ?? null,
    });
    connection.onconnectionstatechange = () =>
      this.say({event: 'state', connection: number, state: connection.connectionState});
    let theirs = 0;
    connection.ondatachannel = ({channel}) => this.attach(number, `there-${++theirs}`, channel, true);
  }

  attach(number, name, channel, announce) {
    const about = {connection: number, channel: name};
    let opened = false;
    const open = () => {
      if (!opened) {
        opened = true;
        this.say({event: 'open', ...about, stream: channel.id});
      }
    };
    this.channels.set(`${number} ${name}`, channel);
    channel.binaryType = 'arraybuffer';
    channel.onopen = open;
    channel.onmessage = ({data}) => this.say(typeof data === 'string'
      ? {event: 'message', ...about, binary: false, data: toBase64(new TextEncoder().encode(data))}
      : {event: 'message', ...about, binary: true, data: toBase64(new Uint8Array(data))});
    channel.onclose = () => this.say({event: 'close', ...about});
    if (announce) {
      this.say({
        event: 'channel', ...about, label: channel.label, protocol: channel.protocol, ordered: channel.ordered,
        maxRetransmits: limit(channel.maxRetransmits), maxPacketLifeTime: limit(channel.maxPacketLifeTime),
      });
    }
    if (channel.readyState === 'open') {
      open();
    }
  }

  create({connection, channel, label, options}) {
    this.attach(connection, channel, this.connections.get(connection).createDataChannel(label, known(options)), false);
  }

  restart({connection}) {
    this.restarting.add(connection);
  }

  async describe({connection: number}) {
    const connection = this.connections.get(number);
    const answering = connection.signalingState === 'have-remote-offer';
    const made = answering ? await connection.createAnswer()
      : await connection.createOffer(this.restarting.delete(number) ? {iceRestart: true} : {});
    await connection.setLocalDescription(made);
    return {type: made.type, sdp: connection.localDescription.sdp};
  }

  async accept({connection, type, sdp}) {
    await this.connections.get(connection).setRemoteDescription({type, sdp});
  }

  async candidate({connection, candidate, mid, index}) {
    await this.connections.get(connection).addIceCandidate({candidate, sdpMid: mid, sdpMLineIndex: index});
  }

  send({connection, channel, binary, data}) {
    const bytes = fromBase64(data);
    this.channels.get(`${connection} ${channel}`).send(binary ? bytes : new TextDecoder().decode(bytes));
  }

  shut({connection, channel}) {
    this.channels.get(`${connection} ${channel}`).close();
  }

  async close({connection}) {
    await this.connections.get(connection).close();
    this.connections.delete(connection);
  }
}
