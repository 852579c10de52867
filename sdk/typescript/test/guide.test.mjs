// Runs the programs of the guide as they are printed, but for the port.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { TestServer, adminKey, eventually, freePort } from './server.mjs';

test('the guide of the message sender works as printed', { timeout: 120_000 }, async (t) => {
  const guide = await readFile(new URL('../../../docs/guides/message-sender.md', import.meta.url), 'utf8');
  const programs = [...guide.matchAll(/```js\n\/\/ (\S+)\n([\s\S]*?)```/g)];
  assert.deepEqual(programs.map(([, name]) => name), ['chat-server.mjs', 'kiosk.mjs']);

  const server = await TestServer.start();
  // Within this package, so that its own name leads to it.
  await mkdir(new URL('./.run', import.meta.url), { recursive: true });
  const folder = await mkdtemp(join(new URL('./.run', import.meta.url).pathname, 'guide-'));
  const running = [];
  t.after(async () => {
    for (const child of running) child.kill('SIGKILL');
    await server.dispose();
    await rm(new URL('./.run', import.meta.url), { recursive: true, force: true });
  });
  await server.api('POST', '/api/instances', { name: 'shop', provider: 'sandbox', fallbackText: 'Yes, {{name}}: {{text}}', buffer: { seconds: 1 } });
  const port = await freePort();
  const run = async (name, code, key) => {
    await writeFile(join(folder, name), code.replaceAll('3000', String(port)));
    const { NODE_OPTIONS: _, ...environment } = process.env;
    const child = spawn(process.execPath, [name], { cwd: folder, env: { ...environment, WAQTOR_URL: server.url, ...key } });
    running.push(child);
    child.text = '';
    child.stdout.on('data', (chunk) => (child.text += chunk));
    child.stderr.on('data', (chunk) => (child.text += chunk));
    child.over = new Promise((done) => child.once('exit', done));
    return child;
  };

  const chat = await run('chat-server.mjs', programs[0][2], { WAQTOR_KEY: adminKey });
  await eventually(() => `the chat server to be ready; it wrote ${chat.text}`, () => chat.text.includes('ready'));
  const kiosk = await run('kiosk.mjs', programs[1][2], {});
  await eventually(() => `the answer; the kiosk wrote ${kiosk.text}`, () => kiosk.text.includes('The shop says: Yes, Sara: Are you open on Friday?'));
  assert.match(kiosk.text, /queued: \d/);
  assert.match(kiosk.text, /delivered 100 %/);
  assert.equal(await kiosk.over, 0, 'stop lets the program end');
});
