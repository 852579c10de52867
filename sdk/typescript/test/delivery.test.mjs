// The promise of the message sender, on the real server: whatever the network and the server do, every message arrives
// once, in order, byte for byte.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { MessageSender, WaqtorClient } from '../dist/index.js';
import { FileStore } from '../dist/node.js';
import { BadNetwork, randomOf } from './proxy.mjs';
import { TestServer, adminKey, eventually } from './server.mjs';

const count = 200;
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

// 100 bytes to 5 MB, most of them short; audio does not pack, text does.
function makeMessages(random) {
  return Array.from({ length: count }, (_, i) => {
    const size = i === 20 ? 5_000_000
      : i % 40 === 10 ? Math.floor(400_000 + random() * 1_200_000)
      : i % 8 === 3 ? Math.floor(11_000 + random() * 280_000)
      : Math.floor(100 + random() * 9_000);
    if (i % 3 === 0) {
      const line = `${i}: مرحبا, a customer's text with a number ${Math.floor(random() * 1e9)}. `;
      return { id: `m-${i}`, text: line.repeat(Math.ceil(size / Buffer.byteLength(line))).slice(0, size) };
    }

    const audio = new Uint8Array(size);
    for (let at = 0; at < size; at++) audio[at] = random() * 256;
    return { id: `m-${i}`, audio };
  });
}

test('200 messages through a bad network and two kill -9 arrive once, in order, byte-identical', { timeout: 400_000 }, async (t) => {
  const random = randomOf(2026);
  const server = await TestServer.start();
  const network = await new BadNetwork(server.port, 7).listen();
  const folder = await mkdtemp(join(tmpdir(), 'waqtor-queue-'));
  t.after(async () => {
    await network.close();
    await server.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const client = new WaqtorClient({ url: server.url, apiKey: adminKey });
  await client.instances.create({ name: 'shop', provider: 'sandbox' });
  const session = await client.deviceSessions.open({ instance: 'shop', deviceId: 'kiosk-7', name: 'Kiosk' });
  const options = () => ({
    url: network.url, token: session.token, store: new FileStore(folder), timeoutMs: 3_000, backoff: { minMs: 20, maxMs: 400 }, listen: false,
  });
  const messages = makeMessages(random);
  let restored = 0;
  const delivered = [];
  const failed = [];
  const watch = (sender) => {
    sender.on('delivered', ({ id }) => delivered.push(id));
    sender.on('failed', ({ id, error }) => failed.push(`${id}: ${error}`));
    sender.on('connectionRestored', () => restored++);
    return sender;
  };

  let sender = watch(new MessageSender(options()));
  await sender.start();
  for (const message of messages) {
    if (message.text === undefined) await sender.sendAudio(message.audio, { id: message.id, mimeType: 'audio/ogg', metadata: { audio: { durationSeconds: 2 } } });
    else await sender.sendText(message.text, { id: message.id });
  }

  await eventually(() => `the first 15 messages; ${delivered.length} are delivered`, () => delivered.length >= 15, 120_000);
  await server.restart();
  // The device is switched off as well, in the middle of whatever it was at, and another life goes on with its queue.
  await eventually(() => `60 messages; ${delivered.length} are delivered`, () => delivered.length >= 60, 120_000);
  await sender.stop();
  sender = watch(new MessageSender(options()));
  await sender.start();
  await eventually(() => `120 messages; ${delivered.length} are delivered`, () => delivered.length >= 120, 120_000);
  await server.restart();
  await eventually(() => `all messages; ${JSON.stringify(sender.status().retryQueue[0])} is next of ${sender.status().pending}`, () => sender.status().pending === 0, 120_000);
  await sender.stop();

  assert.deepEqual(failed, []);
  assert.ok(network.counts.cut > 10, `the network was bad: ${JSON.stringify(network.counts)}`);
  assert.ok(restored > 0, 'the sender noticed');
  t.diagnostic(`network: ${JSON.stringify(network.counts)}`);

  const stored = await eventually('the archive to have all', async () => {
    const found = [];
    for await (const message of client.conversations.allMessages(session.conversationId, { order: 'asc', limit: 200 })) {
      if (message.direction === 'inbound') found.push(message);
    }
    return found.length >= count ? found : undefined;
  });
  assert.deepEqual(stored.map((message) => message.providerMessageId), messages.map((message) => message.id), 'once and in order');
  for (const [i, message] of messages.entries()) {
    const expected = message.audio ?? Buffer.from(message.text);
    const file = stored[i].content?.media;
    const content = file?.storedHash
      ? Buffer.from(await (await client.messages.media(stored[i].id)).arrayBuffer())
      : Buffer.from(stored[i].text);
    assert.equal(sha256(content), sha256(expected), `${message.id}: byte-identical`);
  }
});
