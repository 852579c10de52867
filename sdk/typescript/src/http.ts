import { Backoff, delay } from './backoff.js';
import { NetworkError, RequestTimeoutError, apiErrorOf, ApiError } from './errors.js';
import { newId } from './ids.js';

export type Fetch = typeof globalThis.fetch;

export interface HttpOptions {
  /** Where the server is, for example `https://waqtor.example`. */
  url: string;
  /** Headers of every request. */
  headers: () => Record<string, string> | Promise<Record<string, string>>;
  fetch?: Fetch | undefined;
  /** Milliseconds in which an answer must come. Default: 30,000. */
  timeoutMs?: number | undefined;
  /** Tries after the first one that failed. Default: 3. */
  retries?: number | undefined;
  /** First and longest wait between tries in milliseconds. Default: 500 and 10,000. */
  backoff?: { minMs: number; maxMs: number } | undefined;
}

export interface RequestOptions {
  /** Beside those of every request. */
  headers?: Record<string, string> | undefined;
  query?: Record<string, string | number | boolean | undefined> | undefined;
  json?: unknown;
  body?: Uint8Array | undefined;
  /** The same key sends once. Made up for writes that may be tried again; null: none. */
  idempotencyKey?: string | null | undefined;
  timeoutMs?: number | undefined;
  retries?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** Requests with typed errors, tried again where that is safe: reads, and writes by their Idempotency-Key. */
export class Http {
  readonly #options: HttpOptions;
  readonly #base: string;
  readonly #fetch: Fetch;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#base = options.url.replace(/\/+$/, '');
    this.#fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  }

  request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    return this.#request(method, path, options, async (response) => {
      const text = await response.text();
      return (text === '' ? undefined : JSON.parse(text)) as T;
    });
  }

  /** A file, with the type that the server says. */
  file(path: string, options: RequestOptions = {}): Promise<Blob> {
    return this.#request('GET', path, { ...options, headers: { accept: '*/*', ...options.headers } }, (response) => response.blob());
  }

  async #request<T>(method: string, path: string, options: RequestOptions, read: (response: Response) => Promise<T>): Promise<T> {
    const url = this.#base + path + queryOf(options.query);
    const key = method === 'GET' || options.idempotencyKey === null ? undefined : (options.idempotencyKey ?? newId('idk'));
    const backoff = new Backoff(this.#options.backoff?.minMs ?? 500, this.#options.backoff?.maxMs ?? 10_000);
    const retries = options.retries ?? this.#options.retries ?? 3;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#once(method, url, key, options, read);
      } catch (error) {
        if (options.signal?.aborted || attempt >= retries || !mayTryAgain(error)) throw error;
        const asked = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) * 1_000 : 0;
        await delay(Math.max(asked, backoff.next()), options.signal);
      }
    }
  }

  async #once<T>(
    method: string, url: string, key: string | undefined, options: RequestOptions, read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const headers: Record<string, string> = { accept: 'application/json', ...(await this.#options.headers()), ...options.headers };
    if (key) headers['idempotency-key'] = key;
    let body: BodyInit | undefined;
    if (options.json !== undefined) {
      headers['content-type'] = 'application/json';
      body = JSON.stringify(options.json);
    } else if (options.body) {
      headers['content-type'] = 'application/octet-stream';
      body = options.body as BodyInit;
    }

    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), options.timeoutMs ?? this.#options.timeoutMs ?? 30_000);
    const stop = (): void => timeout.abort();
    options.signal?.addEventListener('abort', stop, { once: true });
    if (options.signal?.aborted) stop();
    try {
      const response = await this.#fetch(url, { method, headers, signal: timeout.signal, redirect: 'error', ...(body === undefined ? {} : { body }) });
      if (!response.ok) throw await apiErrorOf(response);
      return await read(response);
    } catch (error) {
      if (error instanceof ApiError) throw error;
      if (options.signal?.aborted) throw new NetworkError('The request was given up.', { cause: error });
      if (timeout.signal.aborted) throw new RequestTimeoutError('The server did not answer in time.', { cause: error });
      throw new NetworkError('The server was not reached.', { cause: error });
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', stop);
    }
  }
}

// The server keeps no answer of 429 and 5xx by the key: there the write did not happen. 409 in progress ends by itself.
function mayTryAgain(error: unknown): boolean {
  if (error instanceof NetworkError) return true;
  return error instanceof ApiError && (error.status === 429 || error.status >= 500 || error.code === 'idempotency_in_progress');
}

function queryOf(query: RequestOptions['query']): string {
  const entries = Object.entries(query ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as [string, string]]));
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries)}`;
}
