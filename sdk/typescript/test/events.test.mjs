// Live events from the real server, over a network that cuts: what is heard is what happened, once and in order.
import assert from 'node:assert/strict';
import { createServer, request as httpRequest } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import test, { after, before } from 'node:test';
import { MessageSender, WaqtorClient } from '../dist/index.js';
import { BadNetwork } from './proxy.mjs';
import { TestServer, adminKey, eventually } from './server.mjs';

const backoff = { minMs: 20, maxMs: 200 };
let server;
let network;

before(async () => {
  server = await TestServer.start();
  await server.api('POST', '/api/instances', { name: 'shop', provider: 'sandbox', buffer: { messages: 100 } });
  await server.api('POST', '/api/sandbox/shop/phones', { phone: '15550001111', name: 'Sara' });
  network = await new BadNetwork(server.port, 11).listen();
  network.faults = { refuse: 0.1, cut: 0, delay: 0.1, silence: 0 };
});

after(async () => {
  await network?.close();
  await server?.dispose();
});

const type = (text) => server.api('POST', '/api/sandbox/shop/phones/15550001111/messages', { text });

async function follow(t, transport, url = network.url, cursor) {
  const client = new WaqtorClient({ url, apiKey: adminKey, events: { transport, backoff, cursor } });
  const heard = { texts: [], gaps: [], connected: [], refused: [] };
  client.on('message.received', ({ payload }) => heard.texts.push(payload.text));
  client.on('gap', (gap) => heard.gaps.push(gap));
  client.on('connected', (connected) => heard.connected.push(connected.transport));
  client.on('refused', (refused) => heard.refused.push(refused.topics));
  t.after(() => client.events.close());
  await client.events.subscribe('messages');
  await eventually('a connection', () => heard.connected.length > 0);
  return { client, heard };
}

for (const transport of ['signalr', 'sse']) {
  test(`over ${transport} nothing is missed or doubled while connections are cut`, { timeout: 120_000 }, async (t) => {
    const { heard } = await follow(t, transport);
    // The first event says that the subscription stands.
    const first = `${transport} start`;
    await type(first);
    await eventually('the first event', () => heard.texts.includes(first));
    heard.texts.length = 0;
    const expected = Array.from({ length: 60 }, (_, i) => `${transport} ${i}`);
    for (const [i, text] of expected.entries()) {
      await type(text);
      if (i % 12 === 6) network.cutAll();
    }
    await eventually(() => `60 events; ${heard.texts.length} were heard`, () => heard.texts.length >= expected.length);
    assert.deepEqual(heard.texts, expected);
    assert.deepEqual(heard.gaps, []);
    await eventually('another connection', () => heard.connected.length > 1);
    assert.ok(heard.connected.every((one) => one === transport));
  });
}

test('a new life goes on from the cursor of the last one', { timeout: 60_000 }, async (t) => {
  const one = await follow(t, 'signalr');
  await type('before');
  await eventually('the event', () => one.heard.texts.includes('before'));
  const { cursor } = one.client.events;
  await one.client.events.close();
  await type('while away');
  const two = await follow(t, 'sse', network.url, cursor);
  await eventually('the event', () => two.heard.texts.length > 0);
  assert.deepEqual(two.heard.texts, ['while away']);
  assert.deepEqual(two.heard.gaps, []);
});

test('where hubs do not get through, server-sent events do', { timeout: 60_000 }, async (t) => {
  const gate = createServer((request, response) => {
    if (request.url.startsWith('/hubs/')) return response.writeHead(404).end();
    const { host: _, ...headers } = request.headers;
    const onward = httpRequest(server.url + request.url, { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise((done) => gate.listen(0, '127.0.0.1', done));
  t.after(() => (gate.closeAllConnections(), gate.close()));
  const { heard } = await follow(t, 'auto', `http://127.0.0.1:${gate.address().port}`);
  await eventually('the event', async () => {
    await type('through the gate');
    await wait(100);
    return heard.texts.includes('through the gate');
  });
  assert.deepEqual([...new Set(heard.connected)], ['sse']);
});

test('a server that was restarted says that something may be missing', { timeout: 90_000 }, async (t) => {
  const { heard } = await follow(t, 'auto');
  await type('seen');
  await eventually('the event', () => heard.texts.includes('seen'));
  await server.restart();
  await eventually('the gap', () => heard.gaps.length > 0);
  assert.deepEqual(heard.gaps, [{ topics: ['messages'] }]);
  await eventually('an event of the new life', async () => {
    await type('after');
    await wait(100);
    return heard.texts.includes('after');
  });
});

test('the room of a device\'s conversation shows what the device is told', { timeout: 60_000 }, async (t) => {
  await server.api('POST', '/api/instances', { name: 'kiosks', provider: 'sandbox', fallbackText: 'You said {{text}}', buffer: { seconds: 1 } });
  const client = new WaqtorClient({ url: server.url, apiKey: adminKey, events: { backoff } });
  t.after(() => client.events.close());
  const session = await client.deviceSessions.open({ instance: 'kiosks', deviceId: 'hall' });
  const sender = new MessageSender({ url: server.url, token: session.token, listen: false });
  t.after(() => sender.stop());
  await sender.start();
  await sender.sendText('hello', { id: 'm-1' });
  await sender.flush();
  const told = [];
  client.on('text_response', (event) => told.push(event));
  await client.events.subscribe(`conversation:${session.conversationId}`);
  await sender.sendText('again', { id: 'm-2' });
  const event = await eventually('the answer to the second text', () => told.find(({ payload }) => payload.messageIds.includes('m-2')));
  assert.match(event.payload.response, /again/);
});

test('what is for everyone is heard by everyone', { timeout: 60_000 }, async (t) => {
  const { client } = await follow(t, 'sse');
  const heard = [];
  client.on('system:info', ({ payload }) => heard.push(payload));
  await server.api('POST', '/api/realtime/test', { eventType: 'system:info', payload: { text: 'maintenance at noon' }, target: 'everyone' });
  await eventually('the event', () => heard.length > 0);
  assert.deepEqual(heard, [{ text: 'maintenance at noon' }]);
});

test('topics come and go, and those of others are refused', { timeout: 60_000 }, async (t) => {
  const { client, heard } = await follow(t, 'signalr');
  const rooms = [];
  client.on('event', ({ topic }) => rooms.push(topic));
  await client.events.subscribe('instance:shop', 'instance:nobodys');
  await eventually('both topics', async () => {
    await type('to both');
    await wait(100);
    return rooms.includes('messages') && rooms.includes('instance:shop');
  });
  assert.deepEqual(Object.keys(heard.refused[0]), ['instance:nobodys']);
  await client.events.unsubscribe('messages');
  rooms.length = 0;
  await eventually('the room alone', async () => {
    await type('to one');
    await wait(100);
    return rooms.includes('instance:shop');
  });
  assert.ok(!rooms.includes('messages'));
});
