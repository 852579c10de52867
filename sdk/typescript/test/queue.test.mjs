// The sender's queue when the network, the server or the store fails at a chosen moment.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { MemoryStore } from '../dist/index.js';
import { FileStore } from '../dist/node.js';
import { DeviceServer, gate, refuse, senderOn } from './deviceServer.mjs';
import { eventually } from './server.mjs';

// A queue that is stuck fails its test, not the suite.
const limit = { timeout: 20_000 };

test('a message that is on its way again is not removed, and no other leaves in its place', limit, async (t) => {
  const server = new DeviceServer();
  const asking = gate();
  const answer = gate();
  let asked = 0;
  server.before = async ({ name }) => {
    if (name !== 'GET device-session') return;
    if (++asked === 1) throw new TypeError('offline');
    asking.open();
    await answer.passed;
  };
  const { sender, of } = senderOn(t, server);
  await sender.sendText('A', { id: 'A' });
  await sender.sendText('B', { id: 'B' });
  await sender.start();
  await asking.passed;
  assert.equal(await sender.remove('A'), false);
  assert.equal(await sender.remove('B'), true);
  await sender.sendText('C', { id: 'C' });
  answer.open();
  await sender.flush();
  assert.deepEqual(of('delivered'), [{ id: 'A' }, { id: 'C' }]);
  assert.deepEqual(server.delivered, ['A', 'C']);
  assert.deepEqual(sender.status().retryQueue, []);
});

test('a message that waits for its next try may be removed', limit, async (t) => {
  const server = new DeviceServer();
  server.before = () => {
    throw new TypeError('offline');
  };
  const { sender } = senderOn(t, server, { backoff: { minMs: 60_000, maxMs: 60_000 } });
  await sender.sendText('A', { id: 'A' });
  const removed = new Promise((resolve) => sender.on('progress', ({ state }) => state === 'queued' && resolve(sender.remove('A'))));
  await sender.start();
  assert.equal(await removed, true);
  await sender.flush();
  assert.deepEqual(sender.status().retryQueue, []);
});

test('a message that was given up may be removed by whoever is told so', limit, async (t) => {
  const server = new DeviceServer();
  server.before = ({ name }) => (name === 'POST device-messages' ? new Response('{}', { status: 400 }) : undefined);
  const { sender } = senderOn(t, server);
  const removed = new Promise((resolve) => sender.on('failed', ({ id }) => resolve(sender.remove(id))));
  await sender.start();
  await sender.sendText('A', { id: 'A' });
  assert.equal(await removed, true);
  assert.deepEqual(sender.status().retryQueue, []);
});

const closedFor = (token, open) => (token === open ? undefined : refuse(403, 'session_closed', 'The session is closed.'));

test('a session that was closed and opened again gets a new token, and counts anew', limit, async (t) => {
  const server = new DeviceServer();
  let asked = 0;
  let opening = 1;
  server.before = ({ token }) => closedFor(token, `wdt_${opening}`);
  const { sender, of } = senderOn(t, server, { token: () => `wdt_${++asked}`, attempts: 1 });
  await sender.start();
  await sender.sendText('one', { id: 'm-1' });
  await sender.flush();
  opening = 5;
  server.lastSequence = 40;
  await sender.sendText('two', { id: 'm-2' });
  await sender.flush();
  assert.deepEqual(of('delivered'), [{ id: 'm-1' }, { id: 'm-2' }]);
  assert.deepEqual(of('connection'), ['online', 'unauthorized', 'online']);
  assert.equal(server.lastSequence, 41);
  assert.equal(asked, 5, 'one question for each token that was refused');
});

test('who is refused late with the old token does not throw the new one away', limit, async (t) => {
  const server = new DeviceServer();
  const late = gate();
  let asked = 0;
  let opening = 1;
  server.before = async ({ name, token }) => {
    if (name === 'GET device-events' && token === 'wdt_1') await late.passed;
    return closedFor(token, `wdt_${opening}`);
  };
  const { sender } = senderOn(t, server, { listen: true, token: () => `wdt_${++asked}` });
  await sender.start();
  await sender.sendText('one');
  await sender.flush();
  opening = 2;
  await sender.sendText('two');
  await sender.flush();
  late.open();
  const listening = () => server.named('GET device-events').some(({ token }) => token !== 'wdt_1');
  await eventually('the listener to come again', listening);
  assert.equal(asked, 2);
});

test('the connection is restored when the server answers, not with each try', limit, async (t) => {
  const server = new DeviceServer();
  const { sender, of } = senderOn(t, server);
  await sender.start();
  await sender.sendText('one', { id: 'm-1' });
  await sender.flush();
  const back = gate();
  let tries = 0;
  server.before = () => {
    if (++tries === 6) back.open();
    if (tries <= 6) throw new TypeError('the network is down');
  };
  await sender.sendText('two', { id: 'm-2' });
  await back.passed;
  assert.equal(of('connectionRestored').length, 0);
  await sender.flush();
  assert.deepEqual(of('connection'), ['online', 'offline', 'online']);
  assert.equal(of('connectionRestored').length, 1);
});

test('while no token is to be had the queue waits, however long', limit, async (t) => {
  const server = new DeviceServer();
  let asked = 0;
  const { sender, of } = senderOn(t, server, {
    token: () => {
      if (++asked <= 5) throw new TypeError('fetch failed');
      return 'wdt_1';
    },
  });
  await sender.start();
  await sender.sendText('one', { id: 'm-1' });
  await sender.flush();
  assert.deepEqual(of('failed'), []);
  assert.deepEqual(of('delivered'), [{ id: 'm-1' }]);
  assert.deepEqual(of('connection'), ['online', 'offline', 'online']);
});

/** A store that throws while it is told to. */
class FailingStore extends MemoryStore {
  failing = new Set();

  async load() {
    this.#check('load');
    return super.load();
  }

  async update(ordinal, message) {
    this.#check('update');
    return super.update(ordinal, message);
  }

  async getValue(key) {
    this.#check('getValue');
    return super.getValue(key);
  }

  #check(name) {
    if (this.failing.has(name)) throw new Error('ENOSPC: no space left on device');
  }
}

test('a store that is full holds the queue up until there is room, and ends nothing', limit, async (t) => {
  const server = new DeviceServer();
  const store = new FailingStore();
  server.before = ({ body }) => (body?.includes('"bad"') ? refuse(400, 'validation_failed') : undefined);
  const { sender, of } = senderOn(t, server, { store });
  store.failing.add('update');
  await sender.start();
  await sender.sendText('x', { id: 'bad' });
  await sender.sendText('y', { id: 'good' });
  await eventually('three tries', () => server.named('POST device-messages').length >= 3);
  assert.deepEqual(of('failed'), []);
  assert.match(sender.status().retryQueue[0].error, /ENOSPC|No\./);
  store.failing.clear();
  await sender.flush();
  assert.deepEqual(of('failed').map(({ id, code }) => [id, code]), [['bad', 'validation_failed']]);
  assert.deepEqual(of('delivered'), [{ id: 'good' }]);
  store.failing.add('update');
  await assert.rejects(sender.retry('bad'), /ENOSPC/);
  assert.equal(sender.status().retryQueue[0].state, 'failed');
  assert.equal(sender.status().retryQueue[0].error, 'No.');
});

test('a store that fails does not say that the server is reached', limit, async (t) => {
  const server = new DeviceServer();
  const store = new FailingStore();
  server.before = () => {
    throw new TypeError('the network is down');
  };
  const { sender, of } = senderOn(t, server, { store, listen: true, attempts: 100, chunksFromBytes: 1 });
  await sender.start();
  await eventually('the network to be missed', () => of('connection').includes('offline'));
  store.failing.add('update');
  await sender.sendText('long enough', { id: 'm-1' });
  await eventually('five tries', () => sender.status().retryQueue[0].attempts >= 5);
  assert.deepEqual(of('connection'), ['online', 'offline']);
});

test('a sender whose store could not be read is started by the next start', limit, async (t) => {
  const server = new DeviceServer();
  const store = new FailingStore();
  const { sender, of } = senderOn(t, server, { store });
  store.failing.add('load');
  await assert.rejects(sender.start(), /ENOSPC/);
  assert.equal(sender.status().connection, 'stopped');
  store.failing.clear();
  await sender.start();
  await sender.sendText('x', { id: 'm-1' });
  await sender.flush();
  assert.deepEqual(of('delivered'), [{ id: 'm-1' }]);
});

test('a store that does not say which answers were read holds only the answers up', limit, async (t) => {
  const server = new DeviceServer();
  const store = new FailingStore();
  store.failing.add('getValue');
  const { sender, of } = senderOn(t, server, { store, listen: true });
  await sender.start();
  await sender.sendText('x', { id: 'm-1' });
  await sender.flush();
  assert.deepEqual(of('delivered'), [{ id: 'm-1' }]);
  store.failing.clear();
  await eventually('the listener', () => server.named('GET device-events').length > 0);
});

test('a tab that cannot read the store when its turn comes tries again', limit, async (t) => {
  const server = new DeviceServer();
  const store = new FailingStore();
  const turns = [];
  const navigator = { locks: { request: async (name, options, work) => (turns.push(name), work()) } };
  for (const [name, value] of Object.entries({ document: {}, navigator })) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true });
    t.after(() => (before ? Object.defineProperty(globalThis, name, before) : delete globalThis[name]));
  }

  const { sender, of } = senderOn(t, server, { store });
  await sender.sendText('x', { id: 'm-1' });
  sender.on('connection', () => store.failing.add('load'));
  await sender.start();
  await eventually('another turn', () => turns.length > 1);
  store.failing.clear();
  await sender.flush();
  assert.deepEqual(of('delivered'), [{ id: 'm-1' }]);
});

test('a folder that could not be read once takes the next message', async (t) => {
  const place = await mkdtemp(join(tmpdir(), 'waqtor-store-'));
  t.after(() => rm(place, { recursive: true, force: true }));
  await writeFile(join(place, 'queue'), 'a file where the folder belongs');
  const store = new FileStore(join(place, 'queue'));
  const message = (id) => ({ id, kind: 'text', content: new Uint8Array([1]), size: 1, createdAt: '' });
  const added = await Promise.allSettled([store.add(message('a')), store.add(message('b'))]);
  assert.deepEqual(added.map(({ status }) => status), ['rejected', 'rejected']);
  await rm(join(place, 'queue'));
  await store.add(message('c'));
  await store.add(message('d'));
  assert.deepEqual((await store.load()).map(({ message: { id } }) => id), ['c', 'd']);
});

test('an upload that was given up goes on where it stopped, behind what was sent meanwhile', limit, async (t) => {
  const server = new DeviceServer();
  server.before = ({ name }) => (name === 'PUT device-messages/A/chunks/20' ? refuse(500) : undefined);
  const { sender, of } = senderOn(t, server, { chunksFromBytes: 15, chunkBytes: 10 });
  await sender.start();
  await sender.sendAudio(new Uint8Array(40).map((_, i) => i), { id: 'A' });
  await sender.sendText('B', { id: 'B' });
  await sender.flush();
  assert.deepEqual([of('failed').map(({ id }) => id), of('delivered')], [['A'], [{ id: 'B' }]]);
  assert.equal(server.uploads.get('A').received, 20);

  server.before = () => undefined;
  server.calls.length = 0;
  assert.equal(await sender.retry('A'), true);
  await sender.flush();
  assert.deepEqual(of('delivered'), [{ id: 'B' }, { id: 'A' }]);
  assert.deepEqual(server.calls.map(({ name }) => name), [
    'POST device-messages', 'PUT device-messages/A/chunks/20', 'PUT device-messages/A/chunks/30', 'POST device-messages/A/complete',
  ]);
  assert.equal(JSON.parse(server.calls[0].body).sequence, 2);
});
