// What every judge here needs: the real server, a gate that adds the key and cuts connections, and numbered events.
import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { TestServer, adminKey, eventually } from '../../sdk/typescript/test/server.mjs';
import { randomOf } from '../../sdk/typescript/test/proxy.mjs';

export { adminKey, eventually, randomOf, wait };

// Judges come back as fast as they can, all from one address.
const settings = { Waqtor__Realtime__RetryMilliseconds: '100', Waqtor__Realtime__TrustedAddresses: '127.0.0.0/8' };

/** A proxy that adds the key, as a session's cookie would, and can cut all connections at once. */
export class Gate {
  #sockets = new Set();
  /** Pages that the gate itself answers, by path. */
  pages = new Map();
  /** Every request's Last-Event-ID. */
  lastEventIds = [];

  constructor(target) {
    this.target = target;
    this.server = createServer((request, response) => this.#pass(request, response));
    this.server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  async listen() {
    await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  cutAll() {
    for (const socket of this.#sockets) socket.destroy();
  }

  close() {
    this.cutAll();
    this.server.close();
  }

  #pass(request, response) {
    const page = this.pages.get(request.url);
    if (page) return response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    if (request.headers['last-event-id']) this.lastEventIds.push(request.headers['last-event-id']);
    const headers = { ...request.headers, 'x-api-key': adminKey };
    const onward = httpRequest(this.target + request.url, { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      response.flushHeaders();
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  }

  #upgrade(request, socket, head) {
    const { hostname, port } = new URL(this.target);
    const onward = connect(Number(port), hostname, () => {
      const headers = Object.entries({ ...request.headers, 'x-api-key': adminKey }).map(([name, value]) => `${name}: ${value}\r\n`);
      onward.write(`GET ${request.url} HTTP/1.1\r\n${headers.join('')}\r\n`);
      onward.write(head);
      onward.pipe(socket);
      socket.pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
  }
}

export class World {
  #number = 0;

  static async start(more = {}) {
    const world = new World();
    world.server = await TestServer.start({ ...settings, ...more });
    world.gate = await new Gate(world.server.url).listen();
    return world;
  }

  get url() {
    return this.gate.url;
  }

  async stop() {
    this.gate.close();
    await this.server.dispose();
  }

  /** Publishes the next number to a topic and returns it. */
  async publish(topic, more = {}) {
    const number = ++this.#number;
    await this.server.api('POST', '/api/realtime/test', { eventType: 'test.event', target: topic, payload: { number, text: 'é\u2028\n"x"', ...more } });
    return number;
  }

  /**
   * Publishes while connections are cut now and then, and compares what was heard with it.
   * @param {{numbers: number[]}} judge what it heard, in order
   */
  async judge(judge, topic, { count = 60, cuts = 6, seed = 1 } = {}) {
    const random = randomOf(seed);
    await eventually('the first event', async () => {
      await this.publish(topic);
      await wait(20);
      return judge.numbers.length > 0;
    });
    await wait(50);
    judge.numbers.length = 0;
    // What was published before the first one was heard may still come.
    const from = this.#number + 1;
    const at = new Set(Array.from({ length: cuts }, (_, i) => Math.floor(((i + random()) * count) / cuts)));
    for (let i = 0; i < count; i++) {
      await this.publish(topic);
      if (at.has(i)) {
        await wait(random() * 30);
        this.gate.cutAll();
      }
    }
    const expected = Array.from({ length: count }, (_, i) => from + i);
    const heard = () => judge.numbers.filter((number) => number >= from);
    await eventually(() => `all events; heard ${heard().length} of ${count}`, () => heard().length >= count, 30_000);
    await wait(100);
    return { expected, heard: heard() };
  }
}

/** Keeps a cursor as any client may: the last id of each topic, joined by a bar. */
export class Places {
  #places = new Map();

  take(cursor) {
    for (const place of cursor.split('|').filter(Boolean)) this.#places.set(place.replace(/\.[^.]+\.\d+$/, ''), place);
  }

  get cursor() {
    return [...this.#places.values()].join('|');
  }
}
