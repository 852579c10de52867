import { Backoff, delay } from '../backoff.js';
import { Emitter } from '../emitter.js';
import { ForbiddenError, UnauthorizedError } from '../errors.js';
import type { FeedEvent, FeedEvents } from './envelope.js';
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
  #link: Link | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: EventsOptions) {
    super();
    this.#options = options;
    this.#remember(options.cursor ?? '');
  }

  /** Where this client stands; keep it to go on from here in another life. */
  get cursor(): string {
    return [...this.#places.values()].join('|');
  }

  /** Listens to more topics, such as `messages` or `conversation:cnv_…`. */
  async subscribe(...topics: string[]): Promise<void> {
    const added = topics.filter((topic) => !this.#topics.has(topic));
    for (const topic of added) this.#topics.add(topic);
    if (this.#topics.size === 0) return;
    if (!this.#life) this.#start();
    else if (added.length > 0) await this.#link?.subscribe(added, this.#cursorOf(added));
  }

  async unsubscribe(...topics: string[]): Promise<void> {
    const known = topics.filter((topic) => this.#topics.delete(topic));
    for (const topic of known) this.#places.delete(topic);
    if (known.length > 0) await this.#link?.unsubscribe(known);
  }

  /** Ends the connection; `subscribe` opens it again. */
  async close(): Promise<void> {
    this.#life?.abort();
    this.#life = undefined;
    await this.#link?.close();
    await this.#running;
  }

  #start(): void {
    const life = (this.#life = new AbortController());
    this.#running = this.#run(life.signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const backoff = new Backoff(this.#options.backoff?.minMs, this.#options.backoff?.maxMs);
    while (!signal.aborted) {
      let closed: (error: Error | undefined) => void = () => undefined;
      const over = new Promise<Error | undefined>((resolve) => (closed = resolve));
      let error: Error | undefined;
      try {
        this.#link = await this.#open({
          onEvent: (event) => this.#take(event),
          onStand: (standing) => this.#stand(standing),
          onClose: closed,
        });
        if (signal.aborted) await this.#link.close();
        backoff.reset();
        await this.emit('connected', { transport: this.#link.transport });
        error = await over;
      } catch (failure) {
        error = failure as Error;
      }

      this.#link = undefined;
      if (signal.aborted) return;
      await this.emit('disconnected', { error });
      await delay(backoff.next(), signal);
    }
  }

  async #open(listener: LinkListener): Promise<Link> {
    const wanted = this.#options.transport ?? 'auto';
    if (wanted !== 'sse') {
      try {
        const link = await openSignalR(this.#options, listener);
        await link.subscribe([...this.#topics], this.#cursorOf(this.#topics));
        return link;
      } catch (error) {
        if (wanted === 'signalr' || error instanceof UnauthorizedError || error instanceof ForbiddenError) throw error;
      }
    }
    return openSse(this.#options, listener, [...this.#topics], this.#cursorOf(this.#topics));
  }

  #take(event: FeedEvent): void {
    // What is for everyone is nobody's subscription, and is not resumed.
    if (event.topic !== 'everyone' && (!this.#topics.has(event.topic) || !this.#remember(event.id))) return;
    void this.emit(event.event, event);
    void this.emit('event', event);
  }

  #stand({ topics, recovered, cursor, refused }: Standing): void {
    // Who never stood anywhere has lost nothing.
    const known = topics.filter((topic) => this.#places.has(topic));
    this.#remember(cursor);
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
