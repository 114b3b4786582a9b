'use strict';

const POLL_MS = 1000;
const PATIENCE_MS = 5000;
const LINK_STATES = ['connected', 'connecting', 'disconnected', 'failed'];
const SUPERVISION = ['up', 'connecting', 'grace', 'restarting', 'exhausted'];
const RATES = [
  ['signaling_messages', 'Signaling messages relayed'],
  ['messages_sent', 'Channel messages sent'],
  ['messages_received', 'Channel messages received'],
];
const SVG = 'http://www.w3.org/2000/svg';

const byId = id => document.getElementById(id);
const whole = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const small = new Intl.NumberFormat('en', {maximumFractionDigits: 1});
const figure = count => (count < 100 ? small : whole).format(count);
let lastHeard = null;

// Everything that comes from the node is put in as text, never as markup.
function element(tag, text, attributes = {}, ...children) {
  const made = document.createElement(tag);
  if (text !== null) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function say(id, text) {
  const there = byId(id);
  if (there.textContent !== text) there.textContent = text;
}

function duration(seconds) {
  const days = Math.floor(seconds / 86400), hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

function bytes(count) {
  for (const unit of ['B', 'KiB', 'MiB', 'GiB']) {
    if (count < 1024 || unit === 'GiB') return `${figure(count)} ${unit}`;
    count /= 1024;
  }
}

const shortDid = did => did.length > 26 ? `${did.slice(0, 16)}…${did.slice(-6)}` : did;

function showHealth(health) {
  const verdict = byId('verdict');
  verdict.dataset.status = health.status;
  say('verdict', health.status);
  const order = {unhealthy: 0, degraded: 1, healthy: 2};
  const checks = Object.entries(health.components)
    .sort(([a, x], [b, y]) => order[x.status] - order[y.status] || a.localeCompare(b));
  byId('checks').replaceChildren(...checks.map(([name, check]) => {
    const label = element('b', null, {'data-status': check.status}, element('span', name.replaceAll('_', ' ')));
    label.title = check.status;
    const message = check.status === 'healthy' ? check.message : `${check.status}: ${check.message}`;
    return element('li', null, {'data-check': name}, label, element('em', message));
  }));
}

function legend(id, states, counts) {
  byId(id).replaceChildren(...states.map(state => element('div', null, {'data-state': state},
    element('dt', null, {}, element('span', state)), element('dd', whole.format(counts[state] || 0)))));
}

function showLinks(links, supervised) {
  legend('links', LINK_STATES, links);
  legend('supervised', SUPERVISION, supervised);
  byId('links-bar').replaceChildren(...LINK_STATES.filter(state => links[state] > 0).map(state => {
    const part = element('i', null, {'data-state': state});
    part.style.flexGrow = links[state];
    return part;
  }));
}

function curve(course) {
  const most = Math.max(1, ...course);
  const points = course.map((count, i) => `${(i * 600 / (course.length - 1)).toFixed(1)},${(38 - count * 36 / most).toFixed(1)}`);
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 600 40');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  for (const [tag, attributes] of [['line', {x1: 0, x2: 600, y1: 38, y2: 38}],
    ['polygon', {points: `0,38 ${points.join(' ')} 600,38`}], ['polyline', {points: points.join(' ')}]]) {
    const shape = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
    svg.append(shape);
  }
  return svg;
}

function showRates(rates, course) {
  byId('rates').replaceChildren(...RATES.map(([key, title]) => {
    const data = key === 'messages_sent' ? ` · ${bytes(rates.bytes_sent)}/s`
      : key === 'messages_received' ? ` · ${bytes(rates.bytes_received)}/s` : '';
    return element('div', null, {'data-rate': key}, element('label', title, {for: `rate-${key}`}),
      element('output', `${figure(rates[key])} /s${data}`, {id: `rate-${key}`}), curve(course[key]));
  }));
}

function showEngine(engine) {
  const facts = [];
  if (!engine.engine) {
    facts.push(['engine', 'this node hosts no agents']);
  } else {
    const details = engine.details || {};
    facts.push(['engine', engine.engine + (engine.available ? '' : ', unavailable')]);
    if (engine.reason) facts.push(['because', engine.reason]);
    facts.push(['connections', whole.format(engine.connections)]);
    if (details.sockets !== undefined) facts.push(['UDP sockets', whole.format(details.sockets)]);
    if (details.sctp_retransmissions !== undefined) facts.push(['sent again', whole.format(details.sctp_retransmissions)]);
    if (details.in_flight_bytes !== undefined) {
      facts.push(['in flight', `${bytes(details.in_flight_bytes)} of ${bytes(details.congestion_window_bytes)}`]);
    }
    if (details.recycled !== undefined) facts.push(['lanes replaced', whole.format(details.recycled)]);
  }
  byId('engine').replaceChildren(...facts.flatMap(([name, value]) => [element('dt', name), element('dd', value)]));
  const details = engine.details || {};
  const lanes = (details.lanes || []).map((lane, i) => [`lane ${i}`, lane.connections,
    `${Math.round(100 * lane.messages / Math.max(1, details.message_budget))} % used`]);
  const loops = (details.loop_connections || []).map((count, i) => [`loop ${i}`, count, '']);
  byId('parts').replaceChildren(...lanes.concat(loops).map(([name, count, note]) => element('div', null, {},
    element('small', name), element('b', whole.format(count)), element('small', note))));
}

function showCluster(cluster) {
  say('cluster', cluster.clustered ? `${cluster.size} ${cluster.size === 1 ? 'node' : 'nodes'}`
    : 'This node is alone: its Vert.x is not clustered.');
  byId('members').replaceChildren(...cluster.members.map(member =>
    element('li', member.id + (member.self ? ' (this node)' : ''))));
}

function showLatest(links) {
  byId('latest').hidden = links === undefined;
  if (links === undefined) return;
  const rows = links.map(link => {
    const state = element('span', link.state, {class: 'state', 'data-state': link.state});
    const why = link.reason && link.state !== 'connected' ? ` (${link.reason.toLowerCase()})` : '';
    return element('tr', null, {'data-connection': link.connection_id || ''},
      element('td', null, {}, state, document.createTextNode(why)),
      element('td', null, {}, element('code', shortDid(link.agent), {title: link.agent})),
      element('td', null, {}, element('code', shortDid(link.remote), {title: link.remote})),
      element('td', null, {}, element('code', (link.connection_id || '').slice(0, 8), {title: link.connection_id || ''})),
      element('td', new Date(link.at).toLocaleTimeString()));
  });
  byId('latest-rows').replaceChildren(...(rows.length > 0 ? rows
    : [element('tr', null, {}, element('td', 'No link has come or gone since this node started.',
      {class: 'empty', colspan: '5'}))]));
}

function show(status) {
  document.title = `${status.node} · ${status.health.status} · AIConexus`;
  say('node', status.node);
  byId('draining').hidden = !status.draining;
  say('uptime', duration(status.uptime_seconds));
  say('agents-registered', whole.format(status.agents.registered));
  say('agents-hosted', whole.format(status.agents.hosted));
  say('sessions', whole.format(status.sessions));
  say('links-connected', whole.format(status.links.connected || 0));
  showHealth(status.health);
  showLinks(status.links, status.supervised);
  showRates(status.rates, status.course);
  showEngine(status.engine);
  showCluster(status.cluster);
  showLatest(status.latest_links);
  byId('as-of').dateTime = status.timestamp;
  say('as-of', new Date(status.timestamp).toLocaleTimeString());
}

function heard(alive) {
  document.body.classList.toggle('stale', !alive);
  byId('lost').hidden = alive;
  if (alive) {
    lastHeard = new Date();
    return;
  }
  say('lost', `The node does not answer${lastHeard ? '; what is shown is of ' + lastHeard.toLocaleTimeString() : ''}. Trying again…`);
  byId('verdict').dataset.status = 'unknown';
  say('verdict', 'no answer');
}

async function poll() {
  if (!document.hidden) {
    try {
      const answer = await fetch('status', {cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS)});
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      show(await answer.json());
      heard(true);
    } catch (error) {
      console.warn(error.message);
      heard(false);
    }
  }
  setTimeout(poll, POLL_MS);
}

poll();
