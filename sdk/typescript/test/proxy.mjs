// A network that misbehaves: connections are refused, held up, and cut at any byte in both directions. What it does
// follows from a seed.
import { connect, createServer } from 'node:net';

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class BadNetwork {
  counts = { connections: 0, refused: 0, cut: 0, delayed: 0, silenced: 0 };
  faults = { refuse: 0.05, cut: 0.8, delay: 0.15, silence: 0.003 };
  /** No connection gets through while set. */
  down = false;
  #sockets = new Set();

  constructor(target, seed) {
    this.target = target;
    this.random = randomOf(seed);
    this.server = createServer((socket) => this.#accept(socket));
  }

  async listen() {
    await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  cutAll() {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close() {
    this.cutAll();
    await new Promise((done) => this.server.close(done));
  }

  #accept(client) {
    client.on('error', () => undefined);
    this.counts.connections++;
    if (this.down || this.random() < this.faults.refuse) {
      this.counts.refused++;
      client.resetAndDestroy();
      return;
    }

    const server = connect(this.target, '127.0.0.1');
    server.on('error', () => client.destroy());
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    }

    // Where this connection ends: after so many bytes of requests, or of answers.
    const cuts = this.random() < this.faults.cut;
    const budget = { up: cuts ? this.random() * 120_000 : Infinity, down: cuts ? this.random() * 1_500 : Infinity };
    const end = () => {
      client.resetAndDestroy();
      server.resetAndDestroy();
    };
    this.#pipe(client, server, budget, 'up', end);
    this.#pipe(server, client, budget, 'down', end);
  }

  #pipe(from, to, budget, way, end) {
    from.on('data', (bytes) => {
      if (budget[way] === 0) return;
      // Now and then an answer is swallowed: the request took effect, and nobody is told.
      if (this.random() < this.faults.silence) {
        this.counts.silenced++;
        budget[way] = 0;
        return;
      }

      const part = bytes.subarray(0, Math.min(bytes.length, budget[way]));
      budget[way] -= bytes.length;
      const send = () => {
        if (!to.destroyed) to.write(part);
        if (budget[way] >= 0) return from.resume();
        this.counts.cut++;
        end();
      };
      if (this.random() >= this.faults.delay) return send();
      this.counts.delayed++;
      from.pause();
      setTimeout(send, this.random() * 30);
    });
    from.on('end', () => to.end());
    from.on('close', () => to.destroy());
  }
}
