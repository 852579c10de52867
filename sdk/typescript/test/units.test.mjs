import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { ApiError, MemoryStore, NetworkError, NotFoundError, RequestTimeoutError, ServerError, ValidationError, WaqtorClient } from '../dist/index.js';
import { Backoff } from '../dist/backoff.js';
import { SseParser } from '../dist/events/sseParser.js';
import { newId } from '../dist/ids.js';
import { pack, toBase64 } from '../dist/messaging/gzip.js';
import { judge } from '../dist/messaging/verdict.js';
import { FileStore } from '../dist/node.js';
import { sha256Hex, sha256HexPlain } from '../dist/sha256.js';
import { gunzipSync } from 'node:zlib';

test('SHA-256 of pages without crypto.subtle is the platform\'s', async () => {
  for (const length of [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 1_000, 70_001]) {
    const bytes = new Uint8Array(randomBytes(length));
    const expected = createHash('sha256').update(bytes).digest('hex');
    assert.equal(sha256HexPlain(bytes), expected);
    assert.equal(await sha256Hex(bytes), expected);
  }
});

test('ids are UUID v7 that sort by time', async () => {
  const first = newId('cmsg');
  await new Promise((done) => setTimeout(done, 3));
  const second = newId('cmsg');
  assert.match(first, /^cmsg_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(first < second);
});

test('back-off doubles from its least to its most, with jitter', () => {
  for (const random of [0, 0.5, 0.999]) {
    const backoff = new Backoff(1_000, 30_000, () => random);
    const waits = Array.from({ length: 8 }, () => backoff.next());
    assert.ok(waits.every((wait) => wait >= 1_000 && wait <= 30_000), String(waits));
    assert.ok(waits[7] >= 15_000);
    backoff.reset();
    assert.ok(backoff.next() <= 1_500);
  }
});

test('packing helps texts, leaves noise alone, and loses nothing', async () => {
  const text = new TextEncoder().encode('hello '.repeat(5_000));
  const packed = await pack(text, 10_240);
  assert.equal(packed.encoding, 'gzip');
  assert.deepEqual(new Uint8Array(gunzipSync(packed.bytes)), text);
  assert.equal((await pack(new Uint8Array(randomBytes(30_000)), 10_240)).encoding, 'identity');
  assert.equal((await pack(text.subarray(0, 10_240), 10_240)).encoding, 'identity');
  const bytes = new Uint8Array(randomBytes(100_001));
  assert.equal(toBase64(bytes), Buffer.from(bytes).toString('base64'));
});

test('errors are sorted by what can be done about them', () => {
  const of = (status, code = 'x', title = '') => judge(new ApiError(status, { code, title }));
  assert.equal(judge(new NetworkError('gone')), 'wait');
  assert.deepEqual([429, 503, 502, 504, 408].map((status) => of(status)), Array(5).fill('wait'));
  assert.deepEqual([401, 403].map((status) => of(status)), Array(2).fill('unauthorized'));
  assert.deepEqual([409, 422, 500].map((status) => of(status)), Array(3).fill('retry'));
  assert.deepEqual([400, 404, 413, 415].map((status) => of(status)), Array(4).fill('stop'));
  assert.equal(of(404, 'not_found', 'There is no such upload.'), 'retry');
});

for (const [name, make] of [
  ['MemoryStore', async () => new MemoryStore()],
  ['FileStore', async (folder) => new FileStore(folder)],
]) {
  test(`${name} keeps the queue in order, with its bytes and values`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'waqtor-store-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const store = await make(folder);
    const message = (id, size = 10) => ({ id, kind: 'audio', content: new Uint8Array(randomBytes(size)), size, createdAt: new Date().toISOString(), metadata: { user: { name: 'سارة' } } });
    const messages = ['a', 'b', 'c', 'd'].map((id) => message(id, 1_000));
    const ordinals = await Promise.all(messages.map((one) => store.add(one)));
    await store.remove(ordinals[1]);
    await store.update(ordinals[2], { ...messages[2], packed: 'gzip', content: messages[2].content.slice(0, 5) });
    await store.setValue('lastEvent', '7');
    await store.setValue('other', 'x');
    const found = await (name === 'FileStore' ? new FileStore(folder) : store).load();
    assert.deepEqual(found.map(({ message: one }) => one.id), ['a', 'c', 'd']);
    assert.deepEqual(found[0].message, messages[0]);
    assert.deepEqual(found[1].message.content, messages[2].content.slice(0, 5));
    assert.equal(await store.getValue('lastEvent'), '7');
    assert.equal(await store.getValue('nothing'), undefined);
    assert.ok((await store.add(message('e'))) > ordinals[3]);
  });
}

test('an event stream is read the same wherever its bytes are cut', () => {
  const text = '\ufeff: hi\r\n\r\nid: a.b.1\nevent: message.received\ndata: {"x":"é"}\n\ndata: one\rdata: two\r\rid\ndata:last\n\nevent: nothing\n\ndata: unfinished';
  const bytes = new TextEncoder().encode(text);
  const expected = [
    { id: 'a.b.1', event: 'message.received', data: '{"x":"é"}' },
    { id: 'a.b.1', event: 'message', data: 'one\ntwo' },
    { id: '', event: 'message', data: 'last' },
  ];
  for (let cut = 0; cut <= bytes.length; cut++) {
    const parser = new SseParser();
    assert.deepEqual([...parser.push(bytes.subarray(0, cut)), ...parser.push(bytes.subarray(cut))], expected, `cut at ${cut}`);
  }
});

async function listen(t, answer) {
  const requests = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk)).on('end', () => {
      requests.push({ method: request.method, url: request.url, headers: request.headers, body });
      answer(requests.length, response, request);
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => (server.closeAllConnections(), new Promise((done) => server.close(done))));
  return { requests, client: new WaqtorClient({ url: `http://127.0.0.1:${server.address().port}/`, apiKey: 'k', retries: 2 }) };
}

const problem = (response, status, code, more = {}) => {
  response.writeHead(status, { 'content-type': 'application/problem+json', ...more.headers });
  response.end(JSON.stringify({ title: 'No.', status, code, traceId: 't', ...more.body }));
};

test('a write is tried again with the same Idempotency-Key, over 503 and a cut connection', async (t) => {
  const { client, requests } = await listen(t, (count, response) => {
    if (count === 1) return problem(response, 503, 'store_unavailable', { headers: { 'retry-after': '0' } });
    if (count === 2) return response.destroy();
    response.writeHead(202, { 'content-type': 'application/json' });
    response.end('{"messageId":"msg_1","timestamp":"2026-11-24T00:00:00Z","status":"pending"}');
  });
  assert.equal((await client.messages.sendText({ instance: 'shop', chatId: '1555', text: 'hi' })).messageId, 'msg_1');
  assert.equal(requests.length, 3);
  assert.equal(new Set(requests.map((request) => request.headers['idempotency-key'])).size, 1);
  assert.ok(requests[0].headers['idempotency-key']);
  assert.deepEqual(JSON.parse(requests[2].body), { instance: 'shop', chatId: '1555', text: 'hi' });
  assert.equal(requests[0].headers['x-api-key'], 'k');
});

test('refusals have a type, a code and their fields, and are not tried again', async (t) => {
  const { client, requests } = await listen(t, (count, response) =>
    count === 1 ? problem(response, 400, 'validation_failed', { body: { errors: { text: ['1 to 4096 characters.'] } } })
    : count === 2 ? problem(response, 404, 'not_found')
    : (response.writeHead(502), response.end('<html>')));
  await assert.rejects(client.messages.sendText({ instance: 'shop', chatId: '1', text: '' }), (error) => {
    assert.ok(error instanceof ValidationError);
    assert.deepEqual([error.code, error.errors.text, error.traceId], ['validation_failed', ['1 to 4096 characters.'], 't']);
    return true;
  });
  await assert.rejects(client.messages.get('msg_1'), NotFoundError);
  assert.equal(requests.length, 2);
  await assert.rejects(client.messages.get('msg_1'), (error) => error instanceof ServerError && error.code === 'http_502');
  assert.equal(requests.length, 5, 'a read of a broken gateway is tried three times');
});

test('an answer that does not come is a timeout', async (t) => {
  const { requests } = await listen(t, () => undefined);
  assert.equal(requests.length, 0);
  const server = createServer(() => undefined);
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => (server.closeAllConnections(), server.close()));
  const slow = new WaqtorClient({ url: `http://127.0.0.1:${server.address().port}`, timeoutMs: 50, retries: 0 });
  await assert.rejects(slow.messages.get('msg_1'), RequestTimeoutError);
});

test('lists are walked by their cursors', async (t) => {
  const { client, requests } = await listen(t, (count, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(count === 1 ? { items: [{ id: 1 }, { id: 2 }], nextCursor: 'n&x' } : { items: [{ id: 3 }], nextCursor: null }));
  });
  const ids = [];
  for await (const one of client.conversations.all({ instance: 'shop' })) ids.push(one.id);
  assert.deepEqual(ids, [1, 2, 3]);
  assert.equal(requests[1].url, '/api/conversations?instance=shop&cursor=n%26x');
});

test('a device session whose answer was lost is opened again without a key, so that its token is shown', async (t) => {
  const { client, requests } = await listen(t, (count, response) => {
    if (count === 1) return response.destroy();
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end('{"token":"wdt_x"}');
  });
  assert.equal((await client.deviceSessions.open({ instance: 'shop', deviceId: 'kiosk' })).token, 'wdt_x');
  assert.deepEqual(requests.map((request) => request.headers['idempotency-key']), [undefined, undefined]);
});

test('the file of a message comes with its bytes and its type', async (t) => {
  const bytes = randomBytes(70_000);
  const { client, requests } = await listen(t, (count, response) => {
    if (count === 1) return response.destroy();
    if (count === 3) return problem(response, 404, 'not_found');
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    response.end(bytes);
  });
  const file = await client.messages.media('msg_1/x');
  assert.equal(file.type, 'application/octet-stream');
  assert.deepEqual(Buffer.from(await file.arrayBuffer()), bytes);
  assert.deepEqual([requests[1].method, requests[1].url, requests[1].headers.accept, requests[1].headers['x-api-key']], ['GET', '/api/messages/msg_1%2Fx/media', '*/*', 'k']);
  await assert.rejects(client.messages.media('msg_2'), NotFoundError);
});
