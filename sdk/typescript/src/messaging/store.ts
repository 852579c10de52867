import type { MessageMetadata } from './metadata.js';

/** A message of the queue as it is kept: enough to go on with it after a reload. */
export interface StoredMessage {
  readonly id: string;
  readonly kind: 'text' | 'audio';
  readonly mimeType?: string | undefined;
  /** The content; once `packed` says how, as it goes over the wire. */
  content: Uint8Array;
  /** How the content was packed; absent while it was not looked at. */
  packed?: 'identity' | 'gzip' | undefined;
  /** Length and hash of the content unpacked. */
  size: number;
  sha256?: string | undefined;
  readonly metadata?: MessageMetadata | undefined;
  readonly createdAt: string;
  /** Set when it was given up: it stays until `retry` or `remove`. */
  failure?: { code: string; message: string } | undefined;
}

/** A message with its place in the queue. */
export interface QueuedMessage {
  readonly ordinal: number;
  readonly message: StoredMessage;
}

/** Where a sender keeps what is not sent yet. A call that resolved must survive a reload of the page or the program. */
export interface QueueStore {
  /** All of the queue in order. */
  load(): Promise<QueuedMessage[]>;
  /** Adds a message behind all others; answers its place. */
  add(message: StoredMessage): Promise<number>;
  /** Writes a message that is in the queue anew. */
  update(ordinal: number, message: StoredMessage): Promise<void>;
  remove(ordinal: number): Promise<void>;
  /** A small value beside the queue. */
  getValue(key: string): Promise<string | undefined>;
  setValue(key: string, value: string): Promise<void>;
  close(): Promise<void>;
}
