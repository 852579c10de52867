// The sender's queue when the network, the server or the store fails at a chosen moment.
import assert from 'node:assert/strict';
import test from 'node:test';
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

test('a token provider that fails does not say that the server is reached', limit, async (t) => {
  const server = new DeviceServer();
  const tried = gate();
  let asked = 0;
  server.before = () => refuse(401, 'unauthorized');
  const { sender, of } = senderOn(t, server, {
    attempts: 100,
    token: () => {
      if (++asked === 4) tried.open();
      if (asked > 1) throw new Error('no token');
      return 'wdt_1';
    },
  });
  await sender.start();
  await sender.sendText('one');
  await tried.passed;
  assert.deepEqual(of('connection'), ['online', 'unauthorized']);
});
