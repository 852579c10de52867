import { Backoff, delay } from '../backoff.js';
import { Emitter } from '../emitter.js';
import { ApiError, QueueFullError, WaqtorError } from '../errors.js';
import { newId } from '../ids.js';
import { sha256Hex } from '../sha256.js';
import type { ConnectionState, MessageState, SenderEvents, SenderOptions, SenderStatus, SendOptions } from './contract.js';
import { pack } from './gzip.js';
import { IndexedDbStore } from './indexedDbStore.js';
import { MemoryStore } from './memoryStore.js';
import type { QueueStore, StoredMessage } from './store.js';
import { DeviceTransport } from './transport.js';
import { judge, type Verdict } from './verdict.js';

interface Entry {
  readonly ordinal: number;
  message: StoredMessage;
  state: MessageState;
  progress: number;
  attempts: number;
  nextAttemptAt: number | undefined;
  error: Error | undefined;
}

const eventsSeen = 'lastEvent';

/**
 * Sends a device's messages to the business, in order and once, whatever the network does: what was queued is kept until
 * the server has it in the conversation, over lost connections, reloads and restarts on both sides.
 *
 * One message is on its way at a time; the server drops repeated ids, so every step may be tried again.
 */
export class MessageSender extends Emitter<SenderEvents> {
  readonly #options: SenderOptions;
  readonly #store: QueueStore;
  readonly #transport: DeviceTransport;
  readonly #entries: Entry[] = [];
  // The message that is on its way. Its state does not say it: a try that failed leaves `queued`, and so begins the next.
  #inHand: Entry | undefined;
  #adding: Promise<unknown> = Promise.resolve();
  #stop: AbortController | undefined;
  #running: Promise<unknown> = Promise.resolve();
  // Something was added to the queue; something that was waited for came.
  #poke: () => void = () => undefined;
  #hurry: () => void = () => undefined;
  readonly #backoff: Backoff;
  #changed: Set<() => void> = new Set();
  #connection: ConnectionState = 'stopped';
  #offlineSince: number | undefined;
  #lastSequence: number | undefined;
  #lastMessageId: string | null = null;
  #lastDeliveredId: string | null = null;
  #tabs: BroadcastChannel | undefined;

  constructor(options: SenderOptions) {
    super();
    this.#options = options;
    this.#backoff = new Backoff(options.backoff?.minMs, options.backoff?.maxMs);
    this.#store = options.store ?? (typeof indexedDB === 'undefined' ? new MemoryStore() : new IndexedDbStore(options.queueName));
    this.#transport = new DeviceTransport({
      url: options.url,
      token: options.token,
      fetch: options.fetch,
      timeoutMs: options.timeoutMs ?? 15_000,
      chunkBytes: options.chunkBytes ?? 65_536,
      inlineBytes: options.chunksFromBytes ?? 102_400,
    });
  }

  /** Takes up what an earlier life left in the queue, and begins to send and to listen. */
  async start(): Promise<void> {
    if (this.#stop) return;
    const stop = (this.#stop = new AbortController());
    try {
      await this.#sync();
    } catch (error) {
      // Not started: the next call tries again.
      if (this.#stop === stop) this.#stop = undefined;
      throw error;
    }

    if (stop.signal.aborted) return;
    this.#setConnection('online');
    globalThis.addEventListener?.('online', this.#wake);
    this.#openTabs();
    this.#running = this.#alone(stop.signal, () =>
      Promise.all([this.#pump(stop.signal), this.#options.listen === false ? undefined : this.#listen(stop.signal)]),
    );
  }

  /** Ends sending; what is queued stays in the store. */
  async stop(): Promise<void> {
    if (!this.#stop) return;
    this.#stop.abort();
    this.#stop = undefined;
    globalThis.removeEventListener?.('online', this.#wake);
    this.#tabs?.close();
    this.#tabs = undefined;
    this.#wake();
    await this.#running;
    await this.#adding;
    this.#setConnection('stopped');
  }

  /** Queues a text. When it resolves the text is in the store. Answers its id. */
  sendText(text: string, options: SendOptions = {}): Promise<string> {
    return this.#add('text', new TextEncoder().encode(text), undefined, options);
  }

  /** Queues an audio. When it resolves the audio is in the store. Answers its id. */
  async sendAudio(audio: Blob | ArrayBuffer | Uint8Array, options: SendOptions & { mimeType?: string | undefined } = {}): Promise<string> {
    const type = options.mimeType ?? (audio instanceof Blob && audio.type !== '' ? audio.type : undefined);
    const bytes = audio instanceof Blob ? new Uint8Array(await audio.arrayBuffer()) : new Uint8Array(audio);
    return this.#add('audio', bytes, type, options);
  }

  status(): SenderStatus {
    return {
      pending: this.#entries.filter((entry) => entry.state !== 'failed').length,
      connection: this.#connection,
      lastMessageId: this.#lastMessageId,
      lastDeliveredId: this.#lastDeliveredId,
      retryQueue: this.#entries.map((entry) => ({
        id: entry.message.id,
        state: entry.state,
        progress: entry.progress,
        attempts: entry.attempts,
        nextAttemptAt: entry.nextAttemptAt === undefined ? null : new Date(entry.nextAttemptAt).toISOString(),
        error: entry.error?.message ?? entry.message.failure?.message ?? null,
      })),
    };
  }

  /** Sends a message that was given up once more, from its old place. False: it is not in the queue or was not given up. */
  async retry(id: string): Promise<boolean> {
    const entry = this.#entries.find((one) => one.message.id === id && one.state === 'failed');
    if (!entry) return false;
    const { failure: _, ...message } = entry.message;
    await this.#store.update(entry.ordinal, message);
    entry.message = message;
    entry.attempts = 0;
    entry.error = undefined;
    this.#move(entry, 'queued', 0);
    this.#wake();
    return true;
  }

  /** Takes a message that is not on its way out of the queue. False: it is not in the queue, or it is being sent. */
  async remove(id: string): Promise<boolean> {
    const entry = this.#entries.find((one) => one.message.id === id);
    if (!entry || entry === this.#inHand) return false;
    await this.#forget(entry);
    return true;
  }

  /** Resolves when nothing is pending: delivered or given up. */
  async flush(): Promise<void> {
    await this.#adding;
    while (this.#entries.some((entry) => entry.state !== 'failed')) {
      await new Promise<void>((resolve) => this.#changed.add(resolve));
    }
  }

  #add(kind: 'text' | 'audio', content: Uint8Array, mimeType: string | undefined, options: SendOptions): Promise<string> {
    const message: StoredMessage = {
      id: options.id ?? newId('cmsg'),
      kind,
      ...(mimeType === undefined ? {} : { mimeType }),
      content,
      size: content.length,
      ...(options.metadata === undefined ? {} : { metadata: options.metadata }),
      createdAt: new Date().toISOString(),
    };
    // One after the other, so that the order of the calls is the order of the queue.
    const added = this.#adding.then(async () => {
      if (!/^[A-Za-z0-9\-_.:]{1,100}$/.test(message.id)) throw new WaqtorError('An id has 1 to 100 of letters, digits and - _ . :');
      if (content.length === 0) throw new WaqtorError('An empty message is not sent.');
      if (this.#entries.some((entry) => entry.message.id === message.id)) return message.id;
      const bytes = this.#entries.reduce((sum, entry) => sum + entry.message.content.length, content.length);
      if (this.#entries.length >= (this.#options.queueMax ?? 1_000) || bytes > (this.#options.queueBytesMax ?? 268_435_456)) {
        throw new QueueFullError('The queue of unsent messages is full.');
      }
      const ordinal = await this.#store.add(message);
      if (!this.#entries.some((entry) => entry.ordinal === ordinal)) this.#keep(ordinal, message);
      this.#lastMessageId = message.id;
      this.#tabs?.postMessage('queued');
      this.#poke();
      return message.id;
    });
    this.#adding = added.catch(() => undefined);
    return added;
  }

  // What other tabs or an earlier life put into the store.
  async #sync(): Promise<void> {
    for (const { ordinal, message } of await this.#store.load()) {
      if (!this.#entries.some((entry) => entry.ordinal === ordinal)) this.#keep(ordinal, message);
    }
    this.#entries.sort((a, b) => a.ordinal - b.ordinal);
    this.#lastMessageId ??= this.#entries.at(-1)?.message.id ?? null;
  }

  #keep(ordinal: number, message: StoredMessage): void {
    const entry: Entry = { ordinal, message, state: 'failed', progress: 0, attempts: 0, nextAttemptAt: undefined, error: undefined };
    this.#entries.push(entry);
    if (!message.failure) this.#move(entry, 'queued', 0);
  }

  async #pump(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // Made before the queue is looked at: whoever adds from here on is heard.
      const poked = new Promise<void>((resolve) => (this.#poke = resolve));
      const entry = this.#entries.find((one) => one.state !== 'failed');
      if (!entry) {
        await poked;
        continue;
      }

      entry.nextAttemptAt = undefined;
      this.#inHand = entry;
      const error = await this.#attempt(entry, signal).then(
        () => undefined,
        (failure: unknown) => failure as Error,
      );
      if (signal.aborted) {
        this.#inHand = undefined;
        return;
      }

      if (error === undefined) continue;
      const wait = Math.max(this.#backoff.next(), error instanceof ApiError ? (error.retryAfterSeconds ?? 0) * 1_000 : 0);
      const again = await this.#afterFailure(entry, error).catch((failure: Error) => {
        // The store is full or away: the message stays as it is, and all of this is tried again.
        entry.error = failure;
        this.#putBack(entry, 0);
        return true;
      });
      if (!again) continue;
      entry.nextAttemptAt = Date.now() + wait;
      const hurried = new Promise<void>((resolve) => (this.#hurry = resolve));
      await Promise.race([delay(wait, signal), hurried]);
    }
  }

  // True: the message is tried again after a wait.
  async #afterFailure(entry: Entry, error: Error): Promise<boolean> {
    const verdict = this.#judge(error);
    entry.error = error;
    // The next token may be for another session, which counts for itself.
    if (verdict === 'unauthorized') this.#lastSequence = undefined;
    if (verdict === 'wait' || verdict === 'unauthorized') {
      this.#putBack(entry, entry.progress);
      return true;
    }

    // What the server counts may have moved on without us, by another tab.
    this.#lastSequence = undefined;
    entry.attempts++;
    if (verdict === 'retry' && entry.attempts < (this.#options.attempts ?? 3)) {
      this.#putBack(entry, 0);
      return true;
    }

    const code = error instanceof ApiError ? error.code : 'sender_failed';
    const message = { ...entry.message, failure: { code, message: error.message } };
    await this.#store.update(entry.ordinal, message);
    entry.message = message;
    this.#inHand = undefined;
    this.#move(entry, 'failed', entry.progress);
    await this.emit('failed', { id: entry.message.id, code, error });
    return false;
  }

  #putBack(entry: Entry, progress: number): void {
    this.#inHand = undefined;
    this.#move(entry, 'queued', progress);
  }

  async #attempt(entry: Entry, signal: AbortSignal): Promise<void> {
    await this.#prepare(entry);
    if (this.#lastSequence === undefined) {
      this.#lastSequence = (await this.#transport.session(signal)).lastSequence;
      this.#setConnection('online');
    }

    this.#move(entry, 'uploading', 15);
    const total = entry.message.content.length;
    let sent = false;
    const sequence = this.#lastSequence + 1;
    await this.#transport.send(entry.message, sequence, signal, (bytes) => {
      this.#setConnection('online');
      // The server takes bytes: whatever cuts this way next is a new trouble.
      this.#backoff.reset();
      if (bytes < total) return this.#move(entry, 'uploading', 15 + Math.floor((bytes / total) * 75));
      this.#move(entry, 'uploaded', 90);
      sent = true;
      void this.emit('sent', { id: entry.message.id });
      this.#move(entry, 'processing', 95);
    });
    if (!sent) void this.emit('sent', { id: entry.message.id });
    this.#lastSequence = sequence;
    this.#lastDeliveredId = entry.message.id;
    // Out of the store before anybody is told: told and then reloaded, it would be told again.
    await this.#store.remove(entry.ordinal);
    this.#drop(entry);
    this.#inHand = undefined;
    this.#move(entry, 'delivered', 100);
    await this.emit('delivered', { id: entry.message.id });
  }

  // Written down packed, so that an upload that was cut goes on with the very same bytes after a reload.
  async #prepare(entry: Entry): Promise<void> {
    if (entry.message.packed !== undefined) return;
    this.#move(entry, 'preparing', 5);
    const { content } = entry.message;
    const sha256 = await sha256Hex(content);
    this.#move(entry, 'compressing', 10);
    const { bytes, encoding } = await pack(content, this.#options.gzipFromBytes ?? 10_240);
    const message = { ...entry.message, content: bytes, packed: encoding, sha256 };
    // What fits one call may as well be packed again.
    if (bytes.length > (this.#options.chunksFromBytes ?? 102_400)) await this.#store.update(entry.ordinal, message);
    entry.message = message;
  }

  async #listen(signal: AbortSignal): Promise<void> {
    const backoff = new Backoff(this.#options.backoff?.minMs, this.#options.backoff?.maxMs);
    let after: number | undefined;
    while (!signal.aborted) {
      try {
        after ??= Number((await this.#store.getValue(eventsSeen)) ?? 0);
        const page = await this.#transport.events(after, 20, signal);
        this.#setConnection('online');
        if (page.missed) await this.emit('missed', { after });
        // A session that was made anew counts from 1 again.
        if (page.lastEvent < after) after = 0;
        for (const one of page.items) {
          await this.emit(one.event as 'text_response', one);
          after = one.number;
        }
        if (page.missed && page.items.length === 0) after = page.lastEvent;
        if (page.items.length > 0 || page.missed) await this.#store.setValue(eventsSeen, String(after));
        backoff.reset();
        // An empty answer that came at once (too many listeners) must not become a storm.
        if (page.items.length === 0) await delay(200, signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#judge(error);
        await delay(backoff.next(), signal);
      }
    }
  }

  #judge(error: unknown): Verdict {
    const verdict = judge(error);
    if (verdict === 'wait') this.#setConnection('offline');
    // Only an answer says that the server is reached: a store that fails does not.
    else if (error instanceof ApiError) this.#setConnection(verdict === 'unauthorized' ? 'unauthorized' : 'online');
    return verdict;
  }

  #setConnection(connection: ConnectionState): void {
    if (connection === this.#connection || (connection !== 'stopped' && !this.#stop)) return;
    const before = this.#connection;
    this.#connection = connection;
    if (connection === 'offline') this.#offlineSince = Date.now();
    void this.emit('connection', connection);
    if (before === 'offline' && connection === 'online') {
      void this.emit('connectionRestored', { offlineMilliseconds: Date.now() - (this.#offlineSince ?? Date.now()) });
      this.#wake();
    }
  }

  #move(entry: Entry, state: MessageState, progress: number): void {
    if (entry.state === state && entry.progress === progress) return;
    entry.state = state;
    entry.progress = progress;
    void this.emit('progress', { id: entry.message.id, state, progress });
    this.#tellChanged();
  }

  async #forget(entry: Entry): Promise<void> {
    this.#drop(entry);
    await this.#store.remove(entry.ordinal);
    this.#tellChanged();
  }

  #drop(entry: Entry): void {
    const index = this.#entries.indexOf(entry);
    if (index >= 0) this.#entries.splice(index, 1);
  }

  #tellChanged(): void {
    const waiting = [...this.#changed];
    this.#changed.clear();
    for (const resolve of waiting) resolve();
  }

  readonly #wake = (): void => {
    this.#poke();
    this.#hurry();
  };

  #openTabs(): void {
    if (typeof BroadcastChannel === 'undefined' || typeof document === 'undefined') return;
    this.#tabs = new BroadcastChannel(`waqtor:${this.#options.queueName ?? 'waqtor-messages'}`);
    this.#tabs.onmessage = () => void this.#sync().then(this.#wake, () => undefined);
  }

  // Of all tabs of an origin one sends; when it closes, the next takes over what it left.
  async #alone(signal: AbortSignal, work: () => Promise<unknown>): Promise<void> {
    const locks = typeof document === 'undefined' ? undefined : globalThis.navigator?.locks;
    if (!locks) return void (await work());
    const backoff = new Backoff(this.#options.backoff?.minMs, this.#options.backoff?.maxMs);
    while (!signal.aborted) {
      try {
        await locks.request(`waqtor:${this.#options.queueName ?? 'waqtor-messages'}`, { signal }, async () => {
          await this.#reload();
          await work();
        });
      } catch {
        // The store could not be read, or no lock was given: nobody hears of it here, so it is tried again.
        await delay(backoff.next(), signal);
      }
    }
  }

  // The tab that sent before has taken messages out of the store.
  async #reload(): Promise<void> {
    const stored = new Set((await this.#store.load()).map(({ ordinal }) => ordinal));
    for (const entry of [...this.#entries]) if (!stored.has(entry.ordinal)) this.#drop(entry);
    await this.#sync();
    this.#tellChanged();
  }
}
