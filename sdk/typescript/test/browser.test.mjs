// In a real browser: the queue of a page survives its reload, and the feed is followed from another origin.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'node:test';
import { WaqtorClient } from '../dist/index.js';
import { TestServer, adminKey, eventually, freePort } from './server.mjs';

const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const folders = {
  '/dist/': fileURLToPath(new URL('../dist', import.meta.url)),
  '/signalr/': fileURLToPath(new URL('../node_modules/@microsoft/signalr/dist/browser', import.meta.url)),
};
const options = { timeout: 240_000, skip: chromium ? false : 'there is no Chromium on this machine' };

/** An origin of its own that serves one page and the package. */
async function servePage(t, port, html) {
  const pages = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://page.test');
    const [prefix, folder] = Object.entries(folders).find(([start]) => pathname.startsWith(start)) ?? [];
    if (!prefix) return response.setHeader('content-type', 'text/html').end(html);
    const file = await readFile(join(folder, normalize(pathname.slice(prefix.length - 1)))).catch(() => undefined);
    response.writeHead(file ? 200 : 404, { 'content-type': extname(pathname) === '.js' ? 'text/javascript' : 'text/plain' }).end(file);
  });
  await new Promise((done) => pages.listen(port, '127.0.0.1', done));
  t.after(() => (pages.closeAllConnections(), pages.close()));
}

async function openBrowser(t) {
  const { chromium: browserType } = await import('playwright-core');
  const browser = await browserType.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
  t.after(() => browser.close());
  const context = await browser.newContext();
  context.setDefaultTimeout(60_000);
  return context;
}

const page = (url, token) => `<!doctype html><meta charset="utf-8"><title>Chat</title>
<script type="module">
  import { MessageSender } from '/dist/messaging/index.js';
  const sender = new MessageSender({ url: '${url}', token: '${token}', backoff: { minMs: 50, maxMs: 300 }, timeoutMs: 3000 });
  window.delivered = []; window.answers = []; window.restored = 0;
  sender.on('delivered', ({ id }) => window.delivered.push(id));
  sender.on('text_response', ({ response }) => window.answers.push(response));
  sender.on('connectionRestored', () => window.restored++);
  window.sender = sender;
  sender.start().then(() => (window.ready = true));
</script>`;

test('the queue of a page survives its reload and is sent in order', options, async (t) => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const server = await TestServer.start({ Waqtor__DeviceMessages__AllowedOrigins: origin });
  t.after(() => server.dispose());
  const client = new WaqtorClient({ url: server.url, apiKey: adminKey });
  await client.instances.create({ name: 'shop', provider: 'sandbox', fallbackText: 'You said {{text}}', buffer: { seconds: 1, messages: 100 } });
  const session = await client.deviceSessions.open({ instance: 'shop', deviceId: 'page' });
  await servePage(t, port, page(server.url, session.token));
  const context = await openBrowser(t);
  const tab = await context.newPage();
  const problems = [];
  tab.on('pageerror', (error) => problems.push(String(error)));
  await tab.goto(origin);
  await tab.waitForFunction('window.ready');
  await tab.evaluate("window.sender.sendText('first', { id: 'm-1' })");
  await tab.waitForFunction("window.delivered.includes('m-1')");

  // The server goes away; the page queues, is reloaded, and queues more.
  await server.kill();
  await tab.evaluate("window.sender.sendText('second', { id: 'm-2' })");
  await tab.evaluate("window.sender.sendAudio(new Blob([new Uint8Array(300000).map((_, i) => (i * 7919) >> 3)], { type: 'audio/webm' }), { id: 'm-3' })");
  await tab.waitForFunction("window.sender.status().connection === 'offline'");
  await tab.reload();
  await tab.waitForFunction('window.ready');
  assert.equal(await tab.evaluate('window.sender.status().pending'), 2);
  await tab.evaluate("window.sender.sendText('fourth 👋', { id: 'm-4' })");
  // A second tab of the same page: only one of them sends.
  const other = await context.newPage();
  await other.goto(origin);
  await other.waitForFunction('window.ready');
  await server.launch();
  await tab.waitForFunction('window.delivered.length === 3');
  assert.deepEqual(await tab.evaluate('window.delivered'), ['m-2', 'm-3', 'm-4']);
  assert.deepEqual(await other.evaluate('window.delivered'), []);

  // The tab that sends is closed: the other takes over.
  await tab.close();
  await other.evaluate("window.sender.sendText('fifth', { id: 'm-5' })");
  await other.waitForFunction("window.delivered.includes('m-5')");
  await other.waitForFunction("window.answers.some((answer) => answer.includes('fifth'))");

  const stored = await eventually('five messages', async () => {
    const { items } = await client.conversations.messages(session.conversationId, { order: 'asc', limit: 200 });
    const inbound = items.filter((message) => message.direction === 'inbound');
    return inbound.length >= 5 ? inbound : undefined;
  });
  assert.deepEqual(stored.map((message) => message.providerMessageId), ['m-1', 'm-2', 'm-3', 'm-4', 'm-5']);
  assert.equal(stored[2].content.media.sizeBytes, 300_000);
  assert.deepEqual(problems, []);
});

const feedPage = (url) => `<!doctype html><meta charset="utf-8"><title>Feed</title>
<script src="/signalr/signalr.js"></script>
<script type="importmap">{ "imports": { "@microsoft/signalr": "data:text/javascript,export const { HubConnectionBuilder, LogLevel } = globalThis.signalR;" } }</script>
<script type="module">
  import { WaqtorClient } from '/dist/index.js';
  const client = new WaqtorClient({ url: '${url}', apiKey: '${adminKey}', events: { transport: 'signalr' } });
  window.told = []; window.failures = [];
  client.on('connected', () => (window.ready = true));
  client.on('disconnected', ({ error }) => window.failures.push(String(error)));
  client.on('system:info', ({ payload }) => window.told.push(payload.text));
  client.events.subscribe('system');
</script>`;

test('the hub is reached from a page of another origin where any origin is let in', options, async (t) => {
  const server = await TestServer.start({ Waqtor__Realtime__AllowedOrigins: '*' });
  t.after(() => server.dispose());
  const port = await freePort();
  await servePage(t, port, feedPage(server.url));
  const tab = await (await openBrowser(t)).newPage();
  await tab.goto(`http://127.0.0.1:${port}`);
  await tab.waitForFunction('window.ready || window.failures.length > 0');
  assert.deepEqual(await tab.evaluate('window.failures'), []);
  await server.api('POST', '/api/realtime/test', { eventType: 'system:info', payload: { text: 'hello' }, target: 'system' });
  await tab.waitForFunction("window.told.includes('hello')");
});
