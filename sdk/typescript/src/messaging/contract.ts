import type { Fetch } from '../http.js';
import type { MessageMetadata } from './metadata.js';
import type { QueueStore } from './store.js';
import type { DeviceEvent, TokenProvider } from './transport.js';

/** Where a message stands. It only moves on, except that a new attempt begins again at `uploading`. */
export type MessageState = 'queued' | 'preparing' | 'compressing' | 'uploading' | 'uploaded' | 'processing' | 'delivered' | 'failed';

export type ConnectionState = 'online' | 'offline' | 'unauthorized' | 'stopped';

export interface MessageProgress {
  readonly id: string;
  readonly state: MessageState;
  /** 0 to 100. */
  readonly progress: number;
}

export interface MessageFailure {
  readonly id: string;
  readonly code: string;
  readonly error: Error;
}

export interface SenderStatus {
  /** Messages not delivered and not given up. */
  readonly pending: number;
  readonly connection: ConnectionState;
  /** Of the last message put into the queue. */
  readonly lastMessageId: string | null;
  /** Of the last message known to be in the conversation. */
  readonly lastDeliveredId: string | null;
  /** The queue in its order, with those given up. */
  readonly retryQueue: readonly {
    readonly id: string;
    readonly state: MessageState;
    readonly progress: number;
    readonly attempts: number;
    readonly nextAttemptAt: string | null;
    readonly error: string | null;
  }[];
}

export interface SenderEvents {
  /** All bytes of a message are at the server. */
  sent: { readonly id: string };
  /** A message is in the conversation, durably. */
  delivered: { readonly id: string };
  /** A message was given up; it stays in the queue until `retry` or `remove`. */
  failed: MessageFailure;
  progress: MessageProgress;
  /** The server is reached again after it was not. */
  connectionRestored: { readonly offlineMilliseconds: number };
  connection: ConnectionState;
  /** The business works on messages. `stage`: `processing`, or how it ended without an answer. */
  processing_update: DeviceEvent;
  text_response: DeviceEvent;
  audio_response: DeviceEvent;
  error_response: DeviceEvent;
  /** Events were too many to be kept while this device was away. */
  missed: { readonly after: number };
}

export interface SenderOptions {
  /** Where the server is. */
  url: string;
  token: TokenProvider;
  /** Where unsent messages are kept. Default: IndexedDB in browsers, else in memory; `FileStore` of `@waqtor/sdk/node` for Node. */
  store?: QueueStore | undefined;
  /** One name, one queue, for all tabs of an origin. Default: `waqtor-messages`. */
  queueName?: string | undefined;
  fetch?: Fetch | undefined;
  /** Milliseconds in which an answer must come. Default: 15,000. */
  timeoutMs?: number | undefined;
  /** Waits after errors in milliseconds. Default: 1,000 to 30,000. */
  backoff?: { minMs: number; maxMs: number } | undefined;
  /** Attempts before a message is given up; waiting for a connection costs none. Default: 3. */
  attempts?: number | undefined;
  /** Longer content is gzipped where that helps. Default: 10,240 bytes. */
  gzipFromBytes?: number | undefined;
  /** Longer content goes in chunks. Default: 102,400 bytes. */
  chunksFromBytes?: number | undefined;
  /** Default: 65,536 bytes. */
  chunkBytes?: number | undefined;
  /** Messages the queue takes. Default: 1,000. */
  queueMax?: number | undefined;
  /** Bytes the queue takes. Default: 268,435,456. */
  queueBytesMax?: number | undefined;
  /** Whether to listen for answers. Default: yes. */
  listen?: boolean | undefined;
}

export interface SendOptions {
  /** Your own id: 1 to 100 of letters, digits and `-_.:`. The same id is stored once. Default: a new one. */
  id?: string | undefined;
  metadata?: MessageMetadata | undefined;
}
