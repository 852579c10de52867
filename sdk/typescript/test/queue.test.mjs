// The sender's queue when the network, the server or the store fails at a chosen moment.
import assert from 'node:assert/strict';
import test from 'node:test';
import { DeviceServer, gate, senderOn } from './deviceServer.mjs';

test('a message that is on its way again is not removed, and no other leaves in its place', async (t) => {
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

test('a message that waits for its next try may be removed', async (t) => {
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

test('a message that was given up may be removed by whoever is told so', async (t) => {
  const server = new DeviceServer();
  server.before = ({ name }) => (name === 'POST device-messages' ? new Response('{}', { status: 400 }) : undefined);
  const { sender } = senderOn(t, server);
  const removed = new Promise((resolve) => sender.on('failed', ({ id }) => resolve(sender.remove(id))));
  await sender.start();
  await sender.sendText('A', { id: 'A' });
  assert.equal(await removed, true);
  assert.deepEqual(sender.status().retryQueue, []);
});
