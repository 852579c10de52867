// Clients of others, disconnected at random: what they heard is what was published, once and in order.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import WebSocket from 'ws';
import { createParser } from 'eventsource-parser';
import { EventSourceJudge, SignalRJudge, SocketJudge, eventSources, transports, messagePack } from './clients.mjs';
import { World, adminKey, eventually, wait } from './world.mjs';

let world;
let topic = 0;
before(async () => (world = await World.start()));
after(() => world?.stop());

const nextTopic = () => `job:judge-${++topic}`;

async function isHeardInFull(judge, name, seed) {
  const { expected, heard } = await world.judge(judge, name, { seed });
  await judge.stop();
  assert.deepEqual(heard, expected);
  assert.ok(judge.connections > 1, 'it was never cut');
  assert.ok(judge.recovered.slice(1).every((one) => one === true), `recovered: ${judge.recovered}`);
}

for (const [name, transport] of Object.entries(transports)) {
  test(`@microsoft/signalr over ${name}`, { timeout: 60_000 }, async () => {
    const topic = nextTopic();
    await isHeardInFull(new SignalRJudge(world.url, [topic], transport), topic, 11);
  });
}

for (const name of ['WebSockets', 'LongPolling']) {
  test(`@microsoft/signalr in MessagePack over ${name}`, { timeout: 60_000 }, async () => {
    const topic = nextTopic();
    await isHeardInFull(new SignalRJudge(world.url, [topic], transports[name], messagePack), topic, 11);
  });
}

for (const [name, EventSource] of Object.entries(eventSources)) {
  test(`EventSource of ${name}, by itself`, { timeout: 60_000 }, async () => {
    const topic = nextTopic();
    const before = world.gate.lastEventIds.length;
    const judge = new EventSourceJudge(EventSource, world.url, [topic, 'messages']);
    await isHeardInFull(judge, topic, 12);
    assert.equal(judge.givenUp, 0);
    assert.ok(world.gate.lastEventIds.length > before, 'it never said a Last-Event-ID');
    assert.ok(world.gate.lastEventIds.slice(before).every((id) => id.split('|').length === 2), 'the id is the cursor over both topics');
  });
}

for (const perMessageDeflate of [true, false]) {
  test(`ws ${perMessageDeflate ? 'with' : 'without'} compression`, { timeout: 60_000 }, async () => {
    const topic = nextTopic();
    await isHeardInFull(new SocketJudge(world.url, [topic], { perMessageDeflate }), topic, 13);
  });
}

test('ws: only messages over 1 KB are compressed', { timeout: 30_000 }, async (t) => {
  const socket = new WebSocket(`${world.server.url.replace('http', 'ws')}/ws`, { headers: { 'x-api-key': adminKey }, perMessageDeflate: true });
  t.after(() => socket.terminate());
  const topic = nextTopic();
  const heard = [];
  const bytes = [];
  socket.on('message', (data) => {
    const said = JSON.parse(data);
    if (said.type === 'event') heard.push({ plain: data.length, wire: bytes.at(-1) });
  });
  let known = false;
  socket.on('message', (data) => (known ||= JSON.parse(data).type === 'subscribed'));
  await new Promise((done) => socket.on('open', done));
  assert.match(socket.extensions, /permessage-deflate/);
  socket._socket.prependListener('data', (chunk) => bytes.push(chunk.length));
  socket.send(JSON.stringify({ type: 'subscribe', topics: [topic] }));
  await eventually('the subscription', () => known);
  await world.publish(topic);
  await eventually('the short event', () => heard.length === 1);
  await world.publish(topic, { padding: 'a'.repeat(5_000) });
  await eventually('the long event', () => heard.length === 2);
  assert.ok(heard[0].wire >= heard[0].plain, 'a short message goes as it is');
  assert.ok(heard[1].wire < heard[1].plain / 5, `${heard[1].wire} bytes for ${heard[1].plain}`);
});

test('eventsource-parser reads the stream, at whatever byte it is cut', { timeout: 30_000 }, async (t) => {
  const topic = nextTopic();
  const stop = new AbortController();
  t.after(() => stop.abort());
  const answer = await fetch(`${world.url}/api/realtime/events?topics=${topic},messages`, { signal: stop.signal });
  assert.equal(answer.headers.get('content-type'), 'text/event-stream');
  const reader = answer.body.getReader();
  let raw = Buffer.alloc(0);
  const readUntil = async (text) => {
    while (!raw.includes(text)) raw = Buffer.concat([raw, (await reader.read()).value]);
  };
  await readUntil('event: connected');
  await readUntil('\n\n');
  const numbers = [];
  for (let i = 0; i < 3; i++) numbers.push(await world.publish(topic));
  await readUntil(`"number":${numbers.at(-1)},`);
  while (!raw.toString().endsWith('\n\n')) raw = Buffer.concat([raw, (await reader.read()).value]);

  const parse = (...chunks) => {
    const events = [];
    const retries = [];
    const parser = createParser({ onEvent: (event) => events.push(event), onRetry: (ms) => retries.push(ms), onError: (error) => assert.fail(error) });
    const decoder = new TextDecoder();
    for (const chunk of chunks) parser.feed(decoder.decode(chunk, { stream: true }));
    return { events, retries };
  };
  const whole = parse(raw);
  assert.deepEqual(whole.retries, [100]);
  assert.deepEqual(whole.events.map(({ event }) => event), ['connected', 'test.event', 'test.event', 'test.event']);
  assert.ok(whole.events.every(({ id }) => /^[A-Za-z0-9:|._-]+$/.test(id)));
  assert.deepEqual(whole.events.slice(1).map(({ data }) => JSON.parse(data).payload.number), numbers);
  for (let at = 1; at < raw.length; at++) assert.deepEqual(parse(raw.subarray(0, at), raw.subarray(at)), whole, `cut at ${at}`);
});

test('ws: a client that does not answer pings is cut', { timeout: 60_000 }, async (t) => {
  const quick = await World.start({ Waqtor__Realtime__PingSeconds: '1' });
  t.after(() => quick.stop());
  const follow = (autoPong) => {
    const socket = new WebSocket(`${quick.server.url.replace('http', 'ws')}/ws`, { headers: { 'x-api-key': adminKey }, autoPong });
    const seen = { pings: 0, closed: false };
    socket.on('ping', () => seen.pings++);
    socket.on('error', () => undefined);
    socket.on('close', () => (seen.closed = true));
    t.after(() => socket.terminate());
    return seen;
  };
  const mute = follow(false);
  const polite = follow(true);
  await eventually('the end of the mute one', () => mute.closed, 15_000);
  assert.ok(mute.pings >= 1);
  assert.equal(polite.closed, false);
  await eventually('more pings', () => polite.pings >= 3, 15_000);
});

test('after kill -9 everybody is told to fetch afresh, and hears everything from then on', { timeout: 90_000 }, async (t) => {
  const topic = nextTopic();
  const judges = {
    signalr: new SignalRJudge(world.url, [topic], transports.WebSockets),
    ws: new SocketJudge(world.url, [topic]),
    eventsource: new EventSourceJudge(eventSources.eventsource, world.url, [topic]),
    undici: new EventSourceJudge(eventSources.undici, world.url, [topic]),
  };
  t.after(() => Promise.all(Object.values(judges).map((judge) => judge.stop())));
  await eventually('all connections', () => Object.values(judges).every((judge) => judge.connections > 0));
  const lives = [];
  for (let life = 0; life < 2; life++) {
    const numbers = [];
    for (let i = 0; i < 20; i++) numbers.push(await world.publish(topic));
    await eventually(() => `life ${life}: ${JSON.stringify(Object.fromEntries(Object.entries(judges).map(([name, judge]) => [name, judge.numbers.length])))}`,
      () => Object.values(judges).every((judge) => judge.numbers.includes(numbers.at(-1))));
    lives.push(...numbers);
    if (life === 0) {
      const before = Object.fromEntries(Object.entries(judges).map(([name, judge]) => [name, judge.connections]));
      await world.server.restart();
      await eventually(() => `everybody again; missing: ${Object.entries(judges).filter(([name, judge]) => judge.connections <= before[name]).map(([name]) => name)}`, () => Object.entries(judges).every(([name, judge]) => judge.connections > before[name]));
      await wait(300);
    }
  }
  for (const [name, judge] of Object.entries(judges)) {
    assert.deepEqual(judge.numbers, lives, name);
    assert.ok(judge.recovered.slice(1).includes(false), `${name} was told: ${judge.recovered}`);
  }
});
