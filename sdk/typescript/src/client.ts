import type { Listener, Unsubscribe } from './emitter.js';
import { Events, type EventsOptions } from './events/client.js';
import type { FeedEvent, FeedEvents, OtherEvent } from './events/envelope.js';
import { Http, type Fetch } from './http.js';
import { Conversations } from './resources/conversations.js';
import { DeviceSessions } from './resources/deviceSessions.js';
import { Instances } from './resources/instances.js';
import { Messages } from './resources/messages.js';

export interface ClientOptions {
  /** Where the server is, for example `https://waqtor.example`. */
  url: string;
  /**
   * An API key. Keep it on your server: never in a web page. A page that opened a session by `POST /api/auth/session` does
   * without for `events` alone: everything else answers 401 to its cookie.
   */
  apiKey?: string | undefined;
  fetch?: Fetch | undefined;
  /** Milliseconds in which an answer must come. Default: 30,000. */
  timeoutMs?: number | undefined;
  /** Tries after the first one that failed. Default: 3. */
  retries?: number | undefined;
  /** Of the live events. */
  events?: Pick<EventsOptions, 'transport' | 'backoff' | 'cursor'> | undefined;
}

/** A client of the WaQtor server. */
export class WaqtorClient {
  readonly messages: Messages;
  readonly conversations: Conversations;
  readonly instances: Instances;
  readonly deviceSessions: DeviceSessions;
  readonly events: Events;

  constructor(options: ClientOptions) {
    const url = options.url.replace(/\/+$/, '');
    const headers: Record<string, string> = options.apiKey === undefined ? {} : { 'x-api-key': options.apiKey };
    const http = new Http({ url, headers: () => headers, fetch: options.fetch, timeoutMs: options.timeoutMs, retries: options.retries });
    this.messages = new Messages(http);
    this.conversations = new Conversations(http);
    this.instances = new Instances(http);
    this.deviceSessions = new DeviceSessions(http);
    // Browsers send no headers with a WebSocket: a ticket stands for the key there.
    const needsTicket = options.apiKey !== undefined && typeof document !== 'undefined';
    this.events = new Events({
      url,
      headers: async () => headers,
      ticket: needsTicket ? async () => (await http.request<{ ticket: string }>('POST', '/api/realtime/ticket', { idempotencyKey: null })).ticket : undefined,
      fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
      ...options.events,
    });
  }

  /** Hears an event; what is heard is chosen by `events.subscribe`. */
  on<Name extends keyof FeedEvents>(name: Name, listener: Listener<FeedEvents[Name]>): Unsubscribe;
  on<Name extends string>(name: OtherEvent<Name>, listener: Listener<FeedEvent>): Unsubscribe;
  on(name: string, listener: Listener<never>): Unsubscribe {
    return this.events.on(name as 'event', listener as Listener<FeedEvent>);
  }
}
