// The sender against the real server: answers, refusals, tokens, and what a device that was away is told.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { MemoryStore, MessageSender, QueueFullError, WaqtorClient } from '../dist/index.js';
import { TestServer, adminKey, eventually } from './server.mjs';

let server;
let client;

before(async () => {
  server = await TestServer.start();
  client = new WaqtorClient({ url: server.url, apiKey: adminKey });
  await client.instances.create({ name: 'shop', provider: 'sandbox', fallbackText: 'You said {{text}}', buffer: { seconds: 1 } });
});

after(() => server?.dispose());

async function makeSender(t, deviceId, options = {}) {
  const session = await client.deviceSessions.open({ instance: 'shop', deviceId });
  const sender = new MessageSender({ url: server.url, token: session.token, backoff: { minMs: 20, maxMs: 200 }, ...options });
  const heard = [];
  for (const name of ['progress', 'sent', 'delivered', 'failed', 'connection', 'connectionRestored', 'processing_update', 'text_response', 'error_response', 'missed']) {
    sender.on(name, (value) => heard.push({ name, value }));
  }
  t.after(() => sender.stop());
  const of = (name) => heard.filter((one) => one.name === name).map((one) => one.value);
  return { sender, session, heard, of };
}

test('a text goes through all its states and is answered', async (t) => {
  const { sender, of } = await makeSender(t, 'states');
  await sender.start();
  const id = await sender.sendText('hello');
  await sender.flush();
  assert.deepEqual([...new Set(of('progress').map((one) => one.state))], ['queued', 'preparing', 'compressing', 'uploading', 'uploaded', 'processing', 'delivered']);
  const values = of('progress').map((one) => one.progress);
  assert.deepEqual(values, [...values].sort((a, b) => a - b));
  assert.deepEqual([of('sent'), of('delivered')], [[{ id }], [{ id }]]);
  const answer = await eventually('the answer', () => of('text_response')[0]);
  assert.deepEqual([answer.response, answer.messageIds, answer.author, answer.confidence, answer.emotions], ['You said hello', [id], 'bot', null, []]);
  const status = sender.status();
  assert.deepEqual([status.pending, status.connection, status.lastMessageId, status.lastDeliveredId, status.retryQueue], [0, 'online', id, id, []]);
});

test('a device that was away is told when it comes back, once, and the answer counts as delivered then', async (t) => {
  const store = new MemoryStore();
  const first = await makeSender(t, 'away', { store, listen: false });
  await first.sender.start();
  await first.sender.sendText('anybody there?');
  await first.sender.flush();
  await first.sender.stop();
  await server.restart();

  const second = await makeSender(t, 'away', { store });
  await second.sender.start();
  const answer = await eventually('the answer', () => second.of('text_response')[0]);
  assert.equal(answer.response, 'You said anybody there?');
  await eventually('the answer to count as delivered', async () => (await client.messages.get(answer.responseId)).status === 'delivered');
  await second.sender.stop();

  const third = await makeSender(t, 'away', { store });
  await third.sender.start();
  await third.sender.sendText('again');
  await eventually('the second answer', () => third.of('text_response').length > 0);
  assert.deepEqual(third.of('text_response').map((one) => one.response), ['You said again']);
});

test('a person\'s answer reaches the device', async (t) => {
  const { sender, session, of } = await makeSender(t, 'person');
  await sender.start();
  await sender.sendText('hello');
  await sender.flush();
  await client.messages.sendText({ conversationId: session.conversationId, text: 'A person here.' });
  const answer = await eventually('the answer', () => of('text_response').find((one) => one.author === 'person'));
  assert.deepEqual([answer.response, answer.messageIds], ['A person here.', []]);
});

test('what the server will never take stops at once, and the next goes on', async (t) => {
  const { sender, of } = await makeSender(t, 'refused', { listen: false });
  await sender.start();
  const bad = await sender.sendAudio(new Uint8Array(10), { mimeType: 'text/html' });
  const good = await sender.sendText('fine');
  await sender.flush();
  assert.deepEqual(of('failed').map((one) => [one.id, one.code]), [[bad, 'validation_failed']]);
  assert.deepEqual(of('delivered'), [{ id: good }]);
  assert.equal(sender.status().retryQueue[0].state, 'failed');
  assert.equal(await sender.retry(bad), true);
  await eventually('the second refusal', () => of('failed').length === 2);
  assert.equal(await sender.remove(bad), true);
  assert.deepEqual(sender.status().retryQueue, []);
});

test('a server that fails is tried three times, one that is busy for as long as it takes', async (t) => {
  const script = [503, 503, 503, 503, 429, 200, 500, 500, 500];
  let calls = 0;
  const { sender, of } = await makeSender(t, 'busy', {
    listen: false,
    fetch: (url, init) => {
      const answer = String(url).endsWith('/api/device-messages') ? (script[calls++] ?? 200) : 200;
      return answer === 200 ? fetch(url, init) : Promise.resolve(new Response('{"code":"x","title":"No."}', { status: answer, headers: { 'retry-after': '0' } }));
    },
  });
  await sender.start();
  const first = await sender.sendText('one');
  await sender.flush();
  const second = await sender.sendText('two');
  await sender.flush();
  assert.deepEqual(of('delivered'), [{ id: first }]);
  assert.deepEqual(of('failed').map((one) => one.id), [second]);
  assert.equal(calls, script.length);
  assert.ok(of('connectionRestored').length > 0);
});

test('a token that is over is replaced, and without one the queue waits', async (t) => {
  const session = await client.deviceSessions.open({ instance: 'shop', deviceId: 'tokens' });
  const tokens = ['wdt_over', 'wdt_over', session.token];
  let asked = 0;
  const { sender, of } = await makeSender(t, 'tokens', { listen: false, token: () => tokens[asked++] ?? session.token });
  await sender.start();
  const id = await sender.sendText('hello');
  await sender.flush();
  assert.deepEqual(of('delivered'), [{ id }]);
  assert.ok(of('connection').includes('unauthorized'));
  assert.deepEqual(of('failed'), []);
});

test('a message keeps its metadata, and a second sender of the same session its order', async (t) => {
  const one = await makeSender(t, 'shared', { listen: false });
  const two = await makeSender(t, 'shared', { listen: false });
  await one.sender.start();
  await two.sender.start();
  await one.sender.sendText('a', { id: 'a', metadata: { device: { type: 'kiosk' }, user: { name: 'سارة' } } });
  await one.sender.flush();
  await two.sender.sendText('b', { id: 'b' });
  await two.sender.flush();
  await one.sender.sendText('c', { id: 'c' });
  await one.sender.sendText('a', { id: 'a' });
  await one.sender.flush();
  const stored = await eventually('three messages', async () => {
    const { items } = await client.conversations.messages(one.session.conversationId, { order: 'asc' });
    const inbound = items.filter((message) => message.direction === 'inbound');
    return inbound.length >= 3 ? inbound : undefined;
  });
  assert.deepEqual(stored.map((message) => message.text), ['a', 'b', 'c']);
  assert.deepEqual(JSON.parse(stored[0].content.rawJson), { device: { type: 'kiosk' }, user: { name: 'سارة' } });
});

test('a full queue refuses the new and keeps the old', async (t) => {
  const { sender } = await makeSender(t, 'full', { queueMax: 2, listen: false });
  await sender.sendText('one');
  await sender.sendText('two');
  await assert.rejects(sender.sendText('three'), QueueFullError);
  assert.equal(sender.status().pending, 2);
  assert.equal(sender.status().connection, 'stopped');
});

test('an empty message and a strange id are refused before they are queued', async (t) => {
  const { sender } = await makeSender(t, 'strange', { listen: false });
  await assert.rejects(sender.sendText(''), /empty/);
  await assert.rejects(sender.sendText('x', { id: 'a/b' }), /id/);
  assert.equal(sender.status().pending, 0);
});
