import { Backoff, delay } from '../backoff.js';
import { Emitter, type Listener, type Unsubscribe } from '../emitter.js';
import { ForbiddenError, UnauthorizedError } from '../errors.js';
import type { FeedEvent, FeedEvents, OtherEvent } from './envelope.js';
import type { Link, LinkListener, LinkOptions, Standing } from './link.js';
import { openSignalR } from './signalrLink.js';
import { openSse } from './sseLink.js';

export interface EventsOptions extends LinkOptions {
  /** `auto`: SignalR, and SSE where that does not get through. Default: `auto`. */
  transport?: 'auto' | 'signalr' | 'sse' | undefined;
  /** Waits between connections in milliseconds. Default: 1,000 to 30,000. */
  backoff?: { minMs: number; maxMs: number } | undefined;
  /** Where to go on from: the `cursor` of an earlier life. */
  cursor?: string | undefined;
}

interface Connection {
  readonly link: Link;
  /** The topics it was told. */
  readonly told: Set<string>;
  /** Resolves when it is over. */
  readonly over: Promise<Error | undefined>;
}

/**
 * Live events. Topics may be subscribed at any time; the client connects with the first, and connects again for as long
 * as it is open. It remembers its place in each topic and goes on from there: no event is missed or seen twice, or
 * `gap` says that it was not possible.
 */
export class Events extends Emitter<FeedEvents> {
  readonly #options: EventsOptions;
  readonly #places = new Map<string, string>();
  readonly #topics = new Set<string>();
  #life: AbortController | undefined;
  #connection: Connection | undefined;
  // Somebody wants a topic, after nobody did.
  #poke: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: EventsOptions) {
    super();
    this.#options = options;
    this.#remember(options.cursor ?? '');
  }

  override on<Name extends keyof FeedEvents>(name: Name, listener: Listener<FeedEvents[Name]>): Unsubscribe;
  override on<Name extends string>(name: OtherEvent<Name>, listener: Listener<FeedEvent>): Unsubscribe;
  override on(name: string, listener: Listener<never>): Unsubscribe {
    return super.on(name as 'event', listener as Listener<FeedEvent>);
  }

  override once<Name extends keyof FeedEvents>(name: Name, listener: Listener<FeedEvents[Name]>): Unsubscribe;
  override once<Name extends string>(name: OtherEvent<Name>, listener: Listener<FeedEvent>): Unsubscribe;
  override once(name: string, listener: Listener<never>): Unsubscribe {
    return super.once(name as 'event', listener as Listener<FeedEvent>);
  }

  /** Where this client stands; keep it to go on from here in another life. */
  get cursor(): string {
    return [...this.#places.values()].join('|');
  }

  /** Listens to more topics, such as `messages` or `conversation:cnv_…`. */
  async subscribe(...topics: string[]): Promise<void> {
    for (const topic of topics) this.#topics.add(topic);
    if (this.#topics.size === 0) return;
    this.#poke();
    if (!this.#life) this.#start();
    else if (this.#connection) await this.#tell(this.#connection);
  }

  async unsubscribe(...topics: string[]): Promise<void> {
    for (const topic of topics) {
      this.#topics.delete(topic);
      this.#places.delete(topic);
    }

    if (this.#connection) await this.#tell(this.#connection);
  }

  /** Ends the connection; `subscribe` opens it again. */
  async close(): Promise<void> {
    this.#life?.abort();
    this.#life = undefined;
    this.#poke();
    const running = this.#running;
    await this.#connection?.link.close();
    await running;
  }

  #start(): void {
    const life = (this.#life = new AbortController());
    // One life after the other.
    this.#running = this.#running.then(() => this.#run(life.signal));
  }

  async #run(signal: AbortSignal): Promise<void> {
    const backoff = new Backoff(this.#options.backoff?.minMs, this.#options.backoff?.maxMs);
    while (!signal.aborted) {
      if (this.#topics.size === 0) {
        await new Promise<void>((resolve) => (this.#poke = resolve));
        continue;
      }

      let error: Error | undefined;
      try {
        error = await this.#follow(signal, backoff);
      } catch (failure) {
        error = failure as Error;
      }

      if (signal.aborted) return;
      await this.emit('disconnected', { error });
      await delay(backoff.next(), signal);
    }
  }

  async #follow(signal: AbortSignal, backoff: Backoff): Promise<Error | undefined> {
    const connection = await this.#open();
    const { link, over } = connection;
    try {
      if (signal.aborted) return undefined;
      this.#connection = connection;
      // Topics that came or went while it was opened.
      await this.#tell(connection);
      backoff.reset();
      await this.emit('connected', { transport: link.transport });
      return await over;
    } finally {
      this.#connection = undefined;
      await link.close();
    }
  }

  async #open(): Promise<Connection> {
    const wanted = this.#options.transport ?? 'auto';
    if (wanted === 'sse') return this.#openStream();
    try {
      return await this.#openHub();
    } catch (error) {
      const final = wanted === 'signalr' || error instanceof UnauthorizedError || error instanceof ForbiddenError;
      if (final || this.#topics.size === 0) throw error;
      return this.#openStream();
    }
  }

  async #openHub(): Promise<Connection> {
    const { listener, over } = this.#listen();
    const link = await openSignalR(this.#options, listener);
    const connection = { link, over, told: new Set<string>() };
    try {
      await this.#tell(connection);
    } catch (error) {
      // It would stay open beside the next one.
      await link.close();
      throw error;
    }

    return connection;
  }

  async #openStream(): Promise<Connection> {
    const { listener, over } = this.#listen();
    const told = new Set(this.#topics);
    return { link: await openSse(this.#options, listener, [...told], this.#cursorOf(told)), over, told };
  }

  // Each connection ends for itself: a hub that is given up must not end the stream that replaces it.
  #listen(): { listener: LinkListener; over: Promise<Error | undefined> } {
    let onClose: LinkListener['onClose'] = () => undefined;
    const over = new Promise<Error | undefined>((resolve) => (onClose = resolve));
    return { over, listener: { onEvent: (event) => this.#take(event), onStand: (standing) => this.#stand(standing), onClose } };
  }

  // Brings together what is wanted and what the connection was told; what fails counts as not told.
  async #tell({ link, told }: Connection): Promise<void> {
    const gone = [...told].filter((topic) => !this.#topics.has(topic));
    const added = [...this.#topics].filter((topic) => !told.has(topic));
    for (const topic of gone) told.delete(topic);
    for (const topic of added) told.add(topic);
    const keep = (error: unknown): never => {
      for (const topic of gone) told.add(topic);
      throw error;
    };
    const forget = (error: unknown): never => {
      for (const topic of added) told.delete(topic);
      throw error;
    };
    await Promise.all([
      gone.length === 0 ? undefined : link.unsubscribe(gone).catch(keep),
      added.length === 0 ? undefined : link.subscribe(added, this.#cursorOf(added)).catch(forget),
    ]);
  }

  #take(event: FeedEvent): void {
    // What is for everyone is nobody's subscription, and is not resumed.
    if (event.topic !== 'everyone' && (!this.#topics.has(event.topic) || !this.#remember(event.id))) return;
    void this.emit(event.event as 'event', event);
    void this.emit('event', event);
  }

  #stand({ topics, recovered, cursor, refused }: Standing): void {
    // Who never stood anywhere has lost nothing.
    const known = topics.filter((topic) => this.#places.has(topic));
    // A topic may have gone before its answer came: it would begin there when it comes again.
    this.#remember(cursor.split('|').filter((part) => this.#topics.has(placeOf(part)?.topic ?? '')).join('|'));
    if (!recovered && known.length > 0) void this.emit('gap', { topics: known });
    if (refused && Object.keys(refused).length > 0) void this.emit('refused', { topics: refused });
  }

  // False: this place was passed already. Events may come before the answer that tells where they begin.
  #remember(cursor: string): boolean {
    let news = false;
    for (const part of cursor.split('|')) {
      const place = placeOf(part);
      if (!place) continue;
      const known = placeOf(this.#places.get(place.topic));
      if (known?.epoch === place.epoch && known.sequence >= place.sequence) continue;
      this.#places.set(place.topic, part);
      news = true;
    }
    return news;
  }

  #cursorOf(topics: Iterable<string>): string {
    return [...topics].flatMap((topic) => this.#places.get(topic) ?? []).join('|');
  }
}

function placeOf(part: string | undefined): { topic: string; epoch: string; sequence: number } | undefined {
  const match = /^(.+)\.([^.]+)\.(\d+)$/.exec(part ?? '');
  return match ? { topic: match[1]!, epoch: match[2]!, sequence: Number(match[3]) } : undefined;
}
