import wrtc from '@roamhq/wrtc';
import {drive} from './stdio.mjs';

drive('@roamhq/wrtc', () => new wrtc.RTCPeerConnection());
