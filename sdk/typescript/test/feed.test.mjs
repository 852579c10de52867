// Topics that come and go while the feed connects, and connections that fail half-way.
import assert from 'node:assert/strict';
import test from 'node:test';
import { WaqtorClient } from '../dist/index.js';
import { gate } from './deviceServer.mjs';
import { FeedServer } from './feedServer.mjs';
import { eventually } from './server.mjs';

const limit = { timeout: 20_000 };

async function makeClient(t, transport) {
  const server = await FeedServer.start(t);
  const client = new WaqtorClient({ url: server.url, apiKey: 'k', events: { transport, backoff: { minMs: 1, maxMs: 5 } } });
  const heard = [];
  client.on('connected', (connected) => heard.push(connected.transport));
  client.on('disconnected', ({ error }) => heard.push(error?.message ?? 'disconnected'));
  t.after(() => client.events.close());
  return { server, client, heard };
}

/** Holds the first question until the test lets it pass. */
function holdFirst(server) {
  const asking = gate();
  const answer = gate();
  let first = true;
  server.before = async () => {
    if (!first) return;
    first = false;
    asking.open();
    await answer.passed;
  };
  return { asking, answer };
}

test('topics that come and go while the hub answers are told to it afterwards', limit, async (t) => {
  const { server, client } = await makeClient(t, 'signalr');
  const { asking, answer } = holdFirst(server);
  await client.events.subscribe('a', 'b');
  await asking.passed;
  await client.events.subscribe('c');
  await client.events.unsubscribe('a');
  answer.open();
  await eventually('three questions', () => server.asked.length >= 3);
  assert.deepEqual([...server.asked].sort(), ['Subscribe a,b', 'Subscribe c', 'Unsubscribe a']);
  await eventually('the answers', () => client.events.cursor === 'b.e.1|c.e.1');
});

test('topics that come while a stream opens are in the next one', limit, async (t) => {
  const { server, client } = await makeClient(t, 'sse');
  const { asking, answer } = holdFirst(server);
  await client.events.subscribe('a');
  await asking.passed;
  await client.events.subscribe('b');
  answer.open();
  await eventually('the second stream', () => server.asked.includes('stream a,b'));
  assert.deepEqual(server.asked, ['stream a', 'stream a,b']);
});

test('a topic that the hub failed to take is asked for again', limit, async (t) => {
  const { server, client } = await makeClient(t, 'signalr');
  const connected = new Promise((resolve) => client.on('connected', resolve));
  await client.events.subscribe('a');
  await connected;
  server.before = () => {
    server.before = () => undefined;
    throw new Error('Not now.');
  };
  await assert.rejects(client.events.subscribe('b'), /Not now/);
  await client.events.subscribe('b');
  assert.deepEqual(server.asked, ['Subscribe a', 'Subscribe b', 'Subscribe b']);
});

test('a hub that refuses is closed before a stream takes its place, and its end is not the stream\'s', limit, async (t) => {
  const { server, client, heard } = await makeClient(t, 'auto');
  server.before = (question) => {
    if (question.startsWith('Subscribe')) throw new Error('Not here.');
  };
  await client.events.subscribe('a');
  await eventually('the stream', () => heard.length > 0);
  await eventually('the hub\'s end', () => server.hubs.size === 0);
  assert.deepEqual(heard, ['sse']);
  assert.equal(server.streams.size, 1);
  assert.deepEqual(server.asked, ['Subscribe a', 'stream a']);
  await client.events.close();
  await eventually('the stream\'s end', () => server.streams.size === 0);
});

for (const transport of ['signalr', 'sse']) {
  test(`without topics ${transport} is not connected again until there is one`, limit, async (t) => {
    const { server, client, heard } = await makeClient(t, transport);
    await client.events.subscribe('a');
    await eventually('a connection', () => heard.length > 0);
    const waiting = new Promise((resolve) => client.on('disconnected', resolve));
    await client.events.unsubscribe('a');
    for (const hub of server.hubs) hub.destroy();
    await waiting;
    const before = server.requests.length;
    // Longer than the longest wait between two tries.
    await new Promise((done) => setTimeout(done, 50));
    assert.equal(server.requests.length, before);
    await client.events.subscribe('b');
    await eventually('another connection', () => heard.filter((one) => one === transport).length === 2);
    assert.match(server.asked.at(-1), / b$/);
    await client.events.close();
    await eventually('no connection', () => server.hubs.size + server.streams.size === 0);
  });
}
