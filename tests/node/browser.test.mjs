// Headless Chromium's own EventSource and WebSocket.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import test, { after, before } from 'node:test';
import { World, adminKey, eventually } from './world.mjs';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const options = { timeout: 90_000, skip: executablePath ? false : 'there is no Chromium on this machine' };
let world;
let browser;

before(async () => {
  if (!executablePath) return;
  world = await World.start();
  const { chromium } = await import('playwright-core');
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
});

after(async () => {
  await browser?.close();
  await world?.stop();
});

async function follow(t, script) {
  world.gate.pages.set('/page', `<!doctype html><meta charset="utf-8"><script>const heard = { numbers: [], recovered: [], connections: 0 };\n${script}</script>`);
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(`${world.url}/page`);
  const judge = { numbers: [], connections: 0, recovered: [] };
  let busy = false;
  const timer = setInterval(async () => {
    if (busy) return;
    busy = true;
    try {
      const found = await page.evaluate(() => {
        const numbers = heard.numbers.splice(0);
        return { numbers, connections: heard.connections, recovered: heard.recovered };
      });
      judge.numbers.push(...found.numbers);
      Object.assign(judge, { connections: found.connections, recovered: found.recovered });
    } catch {
      // The page is gone: the test is over.
    }
    busy = false;
  }, 50);
  t.after(() => clearInterval(timer));
  return judge;
}

function check(judge, { expected, heard }) {
  assert.deepEqual(heard, expected);
  assert.ok(judge.connections > 1, 'it was never cut');
  assert.ok(judge.recovered.slice(1).every((one) => one === true), `recovered: ${judge.recovered}`);
}

test('Chromium: EventSource, by itself', options, async (t) => {
  const judge = await follow(t, `
    const source = new EventSource('/api/realtime/events?topics=job:chromium,messages');
    source.addEventListener('connected', (event) => { heard.connections++; heard.recovered.push(JSON.parse(event.data).recovered); });
    source.addEventListener('test.event', (event) => heard.numbers.push(JSON.parse(event.data).payload.number));`);
  check(judge, await world.judge(judge, 'job:chromium', { count: 40, cuts: 4, seed: 21 }));
});

test('Chromium: WebSocket with a cursor', options, async (t) => {
  const judge = await follow(t, `
    let last = '';
    (function open() {
      const socket = new WebSocket(location.origin.replace('http', 'ws') + '/ws');
      socket.onopen = () => socket.send(JSON.stringify({ type: 'subscribe', topics: ['job:socket'], cursor: last || undefined }));
      socket.onclose = () => setTimeout(open, 50);
      socket.onmessage = ({ data }) => {
        const said = JSON.parse(data);
        if (said.type === 'subscribed') { heard.connections++; heard.recovered.push(said.recovered); last = said.cursor; }
        if (said.type === 'event') { last = said.id; heard.numbers.push(said.payload.number); }
      };
    })();`);
  check(judge, await world.judge(judge, 'job:socket', { count: 40, cuts: 4, seed: 22 }));
});

test('Chromium: a page of another origin that is not in the list is not let in', options, async (t) => {
  const page = await browser.newPage();
  t.after(() => page.close());
  world.gate.pages.set('/plain', '<!doctype html>');
  await page.goto(`${world.url}/plain`);
  const state = await page.evaluate((url) => new Promise((done) => {
    const socket = new WebSocket(url);
    socket.onopen = () => done('open');
    socket.onerror = () => done('refused');
  }), `${world.server.url.replace('http', 'ws')}/ws`);
  assert.equal(state, 'refused');
});

test('Chromium: the monitor page shows connections and is silent while hidden', options, async (t) => {
  const page = await browser.newPage();
  t.after(() => page.close());
  const errors = [];
  let asked = 0;
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => request.url().endsWith('/api/ws-monitor') && asked++);
  await page.goto(`${world.server.url}/ws-monitor.html`);
  const stream = new OpenStream(world.server.url);
  t.after(() => stream.close());
  await page.fill('#key', adminKey);
  await page.click('button');
  await page.waitForSelector('#rows tr');
  await eventually('a second look', () => asked >= 2, 10_000);
  assert.match(await page.textContent('#figures'), /Connections/);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  const before = asked;
  await new Promise((done) => setTimeout(done, 4_500));
  assert.ok(asked <= before + 1, 'it asked while hidden');
  assert.deepEqual(errors, []);
});

class OpenStream {
  constructor(url) {
    this.stopped = new AbortController();
    void fetch(`${url}/api/realtime/events?topics=messages`, { headers: { 'x-api-key': adminKey }, signal: this.stopped.signal }).catch(() => undefined);
  }

  close() {
    this.stopped.abort();
  }
}
