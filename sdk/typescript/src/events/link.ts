import type { FeedEvent } from './envelope.js';

/** What an open connection tells. */
export interface LinkListener {
  onEvent(event: FeedEvent): void;
  /** Where the reader stands from here on, in several topics. */
  onStand(standing: Standing): void;
  /** Once, when the connection is over. */
  onClose(error: Error | undefined): void;
}

/** What the server says when it begins or begins again to tell topics. */
export interface Standing {
  readonly topics: readonly string[];
  readonly recovered: boolean;
  readonly cursor: string;
  readonly refused?: Readonly<Record<string, string>> | null;
}

/** The connection's own words that tell where the reader stands. */
export function standingOf(value: unknown): Standing | undefined {
  const found = value as Partial<Standing> | null | undefined;
  return typeof found?.cursor === 'string' && typeof found.recovered === 'boolean' && Array.isArray(found.topics) ? (found as Standing) : undefined;
}

/** An open connection to the feed. */
export interface Link {
  readonly transport: 'signalr' | 'sse';
  subscribe(topics: readonly string[], cursor: string): Promise<void>;
  unsubscribe(topics: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export interface LinkOptions {
  url: string;
  headers: () => Promise<Record<string, string>>;
  /** A one-use ticket for browsers, which cannot send headers with a WebSocket. */
  ticket: (() => Promise<string>) | undefined;
  fetch: typeof globalThis.fetch;
}
