import {RTCPeerConnection} from 'werift';
import {drive} from './stdio.mjs';

/** Asks no STUN server; without one in the configuration, the library asks one on the internet. */
class Connection extends RTCPeerConnection {
  setLocalDescription(description) {
    this.iceTransports.forEach(transport => { transport.connection.stunServer = undefined; });
    return super.setLocalDescription(description);
  }
}

drive('werift', () => new Connection({iceServers: []}));
