// The real program on a port and a data folder of its own, as its users start it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const program = process.env.WAQTOR_DLL ?? join(repository, 'artifacts', process.env.ENGINE ?? 'Embedded', 'bin/Silo/release/waqtor.dll');

export const adminKey = 'sdk-tests-admin-key';

export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

export class TestServer {
  #process;
  #output = [];

  static async start(settings = {}) {
    if (!existsSync(program)) throw new Error(`${program} is not built: run "dotnet build src/Silo -c Release" first.`);
    const server = new TestServer();
    server.folder = await mkdtemp(join(tmpdir(), 'waqtor-sdk-'));
    server.port = await freePort();
    server.url = `http://127.0.0.1:${server.port}`;
    server.settings = settings;
    await server.launch();
    return server;
  }

  async launch() {
    const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(waqtor|aspnetcore_|node_options)/i.test(name)));
    this.#process = spawn('dotnet', [program, '--urls', this.url], {
      cwd: this.folder,
      env: {
        ...environment, Waqtor__AdminKey: adminKey, Waqtor__DataPath: this.folder, Waqtor__Logging__Level: 'Warning',
        ...this.settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk) => {
      this.#output.push(String(chunk));
      if (this.#output.length > 200) this.#output.shift();
    };
    this.#process.stdout.on('data', keep);
    this.#process.stderr.on('data', keep);
    const exited = new Promise((done) => this.#process.once('exit', done));
    this.exited = exited;
    let over = false;
    void exited.then(() => (over = true));
    for (let tries = 0; tries < 600; tries++) {
      if (over) throw new Error(`The program ended while starting:\n${this.output}`);
      if (await fetch(`${this.url}/health/ready`).then((answer) => answer.ok, () => false)) return;
      await wait(100);
    }
    throw new Error(`The program was not ready within a minute:\n${this.output}`);
  }

  get output() {
    return this.#output.join('');
  }

  /** kill -9: no handler runs, nothing is flushed. */
  async kill() {
    this.#process.kill('SIGKILL');
    await this.exited;
  }

  async restart() {
    await this.kill();
    await this.launch();
  }

  async dispose() {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  async api(method, path, body) {
    const answer = await fetch(this.url + path, {
      method,
      headers: { 'x-api-key': adminKey, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  }
}

/** Waits for a condition, at most a minute. */
export async function eventually(what, condition, milliseconds = 60_000) {
  const until = Date.now() + milliseconds;
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (Date.now() > until) throw new Error(`Waited ${milliseconds / 1000} s for ${typeof what === 'function' ? what() : what}.`);
    await wait(50);
  }
}
