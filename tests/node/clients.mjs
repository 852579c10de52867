// Followers of the feed, each over a client that somebody else wrote, and no more around it than its users would write.
import * as signalr from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { EventSource as NpmEventSource } from 'eventsource';
import { EventSource as UndiciEventSource } from 'undici';
import WebSocket from 'ws';
import { Places, wait } from './world.mjs';

class Judge {
  numbers = [];
  /** What each connection said of the one before. */
  recovered = [];
  places = new Places();
  connections = 0;
  stopped = false;

  hear(event) {
    this.places.take(event.id);
    this.numbers.push(event.payload.number);
  }

  stand({ recovered, cursor }) {
    this.recovered.push(recovered);
    this.places.take(cursor);
  }
}

export class SignalRJudge extends Judge {
  constructor(url, topics, transport, protocol = new signalr.JsonHubProtocol()) {
    super();
    this.run = this.follow(url, topics, transport, protocol);
  }

  async follow(url, topics, transport, protocol) {
    while (!this.stopped) {
      const connection = (this.connection = new signalr.HubConnectionBuilder()
        .withUrl(`${url}/hubs/events`, { transport, withCredentials: false }).withHubProtocol(protocol).configureLogging(signalr.LogLevel.None).build());
      const over = new Promise((done) => connection.onclose(done));
      connection.on('event', (event) => (event.topic === 'connection' ? event.payload.cursor !== undefined && event.payload.recovered !== undefined && this.stand(event.payload) : this.hear(event)));
      try {
        await connection.start();
        const cursor = this.places.cursor;
        // Events may come before the answer, so the answer's cursor must not set a place back.
        const { recovered } = await connection.invoke('Subscribe', topics, cursor || null);
        this.recovered.push(recovered);
        this.connections++;
        await over;
      } catch {
        await connection.stop();
      }
      await wait(20);
    }
  }

  async stop() {
    this.stopped = true;
    await this.connection.stop();
    await this.run;
  }
}

export class SocketJudge extends Judge {
  constructor(url, topics, options = {}) {
    super();
    this.options = options;
    this.run = this.follow(url.replace('http', 'ws'), topics);
  }

  async follow(url, topics) {
    while (!this.stopped) {
      const socket = (this.socket = new WebSocket(`${url}/ws`, this.options));
      await new Promise((done) => {
        socket.on('error', () => undefined);
        socket.on('close', done);
        socket.on('open', () => {
          this.connections++;
          socket.send(JSON.stringify({ type: 'subscribe', topics, cursor: this.places.cursor || undefined }));
        });
        socket.on('message', (data) => {
          const said = JSON.parse(data);
          if (said.type === 'event') this.hear(said);
          else if (said.type === 'subscribed' || said.type === 'connected') this.stand(said.payload ?? said);
        });
      });
      await wait(20);
    }
  }

  async stop() {
    this.stopped = true;
    this.socket.terminate();
    await this.run;
  }
}

/** These come back and go on by themselves. One that gives up, as undici's does while nobody listens, is opened again where it was. */
export class EventSourceJudge extends Judge {
  givenUp = 0;

  constructor(EventSource, url, topics) {
    super();
    this.open(EventSource, `${url}/api/realtime/events?topics=${topics.join(',')}`, '');
  }

  open(EventSource, address, lastEventId) {
    const source = (this.source = new EventSource(lastEventId === '' ? address : `${address}&lastEventId=${encodeURIComponent(lastEventId)}`));
    source.addEventListener('connected', (event) => {
      this.connections++;
      this.recovered.push(JSON.parse(event.data).recovered);
      lastEventId = event.lastEventId;
    });
    source.addEventListener('test.event', (event) => {
      this.numbers.push(JSON.parse(event.data).payload.number);
      lastEventId = event.lastEventId;
    });
    source.addEventListener('error', async () => {
      // undici tells of the error first and closes then.
      await wait(50);
      if (source.readyState !== 2 || this.stopped || this.source !== source) return;
      this.givenUp++;
      this.open(EventSource, address, lastEventId);
    });
  }

  async stop() {
    this.stopped = true;
    this.source.close();
  }
}

export const transports = { WebSockets: signalr.HttpTransportType.WebSockets, ServerSentEvents: signalr.HttpTransportType.ServerSentEvents, LongPolling: signalr.HttpTransportType.LongPolling };
export const messagePack = new MessagePackHubProtocol();
export const eventSources = { eventsource: NpmEventSource, undici: UndiciEventSource };
