import { ApiError, NetworkError } from '../errors.js';
import { Http, type Fetch } from '../http.js';
import { toBase64 } from './gzip.js';
import type { StoredMessage } from './store.js';

/** Gives a token for this device's session, from your own server. Asked again when the last one is over; while it fails, the queue waits. */
export type TokenProvider = string | (() => string | Promise<string>);

export interface DeviceSessionState {
  readonly sessionId: string;
  readonly conversationId: string;
  readonly expiresAt: string;
  readonly lastSequence: number;
  readonly lastEvent: number;
  readonly acknowledgedEvent: number;
}

interface MessageAnswer {
  readonly id: string;
  readonly status: 'uploading' | 'uploaded' | 'delivered';
  readonly received: number;
  readonly uploadSize: number | null;
  readonly duplicate: boolean;
}

/** What a message of the business lets the customer choose from. */
export interface Offer {
  readonly header?: string | null;
  readonly footer?: string | null;
  readonly buttons: readonly { readonly id: string; readonly title: string }[];
  readonly list?: {
    readonly [member: string]: unknown;
    readonly sections: readonly { readonly title?: string | null; readonly rows: readonly { readonly id: string; readonly title: string; readonly description?: string | null }[] }[];
  } | null;
}

/** What the server tells a device; which members are set follows from `event`. */
export interface DeviceEvent {
  readonly number: number;
  readonly event: string;
  readonly timestamp: string;
  /** Your ids of the messages it is about; none when a person writes unasked. */
  readonly messageIds: readonly string[];
  readonly stage?: string | null;
  readonly progress?: number | null;
  readonly response?: string | null;
  readonly responseId?: string | null;
  readonly confidence?: number | null;
  readonly emotions?: readonly string[];
  readonly author?: 'person' | 'bot' | 'campaign' | null;
  /** Buttons or a list under the text, to choose from. */
  readonly offer?: Offer | null;
  readonly error?: string | null;
  readonly errorCode?: string | null;
}

export interface DeviceEventPage {
  readonly items: readonly DeviceEvent[];
  readonly lastEvent: number;
  readonly missed: boolean;
}

/** The calls of the device's side of the server. Each is made once: the sender decides what follows an error. */
export class DeviceTransport {
  readonly #http: Http;
  readonly #provider: TokenProvider;
  #token: Promise<string> | undefined;

  constructor(options: { url: string; token: TokenProvider; fetch?: Fetch | undefined; timeoutMs: number; chunkBytes: number; inlineBytes: number }) {
    this.options = options;
    this.#provider = options.token;
    this.#http = new Http({
      url: options.url,
      fetch: options.fetch,
      timeoutMs: options.timeoutMs,
      retries: 0,
      headers: () => ({}),
    });
  }

  private readonly options: { chunkBytes: number; inlineBytes: number };

  session(signal: AbortSignal): Promise<DeviceSessionState> {
    return this.#call('GET', '/api/device-session', { signal });
  }

  events(after: number, waitSeconds: number, signal: AbortSignal): Promise<DeviceEventPage> {
    return this.#call('GET', '/api/device-events', { query: { after, waitSeconds }, timeoutMs: (waitSeconds + 15) * 1_000, signal });
  }

  /** Sends a prepared message until the server has it in the conversation. `onBytes` hears how many bytes are acknowledged. */
  async send(message: StoredMessage, sequence: number, signal: AbortSignal, onBytes: (bytes: number) => void): Promise<void> {
    const { content, packed } = message;
    const head = {
      id: message.id,
      sequence,
      kind: message.kind,
      mimeType: message.mimeType,
      size: message.size,
      sha256: message.sha256,
      encoding: packed,
      sentAt: message.createdAt,
      metadata: message.metadata,
    };
    if (content.length <= this.options.inlineBytes) {
      const plain = message.kind === 'text' && packed === 'identity';
      await this.#post('/api/device-messages', { ...head, ...(plain ? { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(content) } : { content: toBase64(content) }) }, signal);
      onBytes(content.length);
      return;
    }

    let state = await this.#post('/api/device-messages', { ...head, uploadSize: content.length }, signal);
    const path = `/api/device-messages/${encodeURIComponent(message.id)}`;
    while (state.status === 'uploading') {
      onBytes(state.received);
      const chunk = content.subarray(state.received, state.received + this.options.chunkBytes);
      state = await this.#call('PUT', `${path}/chunks/${state.received}`, { body: chunk, signal });
    }

    onBytes(content.length);
    if (state.status === 'uploaded') await this.#post(`${path}/complete`, {}, signal);
  }

  async cancel(id: string, signal: AbortSignal): Promise<void> {
    await this.#call('DELETE', `/api/device-messages/${encodeURIComponent(id)}`, { signal });
  }

  #post(path: string, json: unknown, signal: AbortSignal): Promise<MessageAnswer> {
    return this.#call('POST', path, { json, signal });
  }

  async #call<T>(method: string, path: string, options: Parameters<Http['request']>[2]): Promise<T> {
    const asked = (this.#token ??= this.#ask());
    let token: string | undefined;
    try {
      token = await asked;
      return await this.#http.request<T>(method, path, { ...options, headers: { authorization: `Bearer ${token}` }, idempotencyKey: null });
    } catch (error) {
      // Refused beside another call, which may have asked for the next token already.
      if ((token === undefined || isOver(error)) && this.#token === asked) this.#token = undefined;
      throw error;
    }
  }

  async #ask(): Promise<string> {
    try {
      return await (typeof this.#provider === 'function' ? this.#provider() : this.#provider);
    } catch (error) {
      // Most often the way to your server is cut. Whatever it is, no message is at fault: the queue waits.
      throw new NetworkError('No token was given.', { cause: error });
    }
  }
}

// A session that was closed and opened again takes only tokens of its new opening.
function isOver(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 401 || (error.status === 403 && error.code === 'session_closed'));
}
