import type { FeedEvent } from './envelope.js';

/** What an open connection tells. */
export interface LinkListener {
  onEvent(event: FeedEvent): void;
  /** Where the reader stands from here on, in several topics. */
  onCursor(cursor: string, recovered: boolean, topics: readonly string[]): void;
  /** Once, when the connection is over. */
  onClose(error: Error | undefined): void;
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
