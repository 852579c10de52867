import type { Conversation, Message } from '../types.js';

/** One event of the feed, the same on every transport. */
export interface FeedEvent<Payload = unknown> {
  /** The event's place: a client that joins the last id of each topic by a bar has a cursor. */
  readonly id: string;
  readonly eventId?: string;
  readonly topic: string;
  readonly event: string;
  readonly payload: Payload;
  readonly timestamp: string;
  readonly priority?: string;
}

/** The payloads that have a type here; other events carry `unknown`. */
export interface FeedEvents {
  'message.received': FeedEvent<Message>;
  'message.sent': FeedEvent<Message>;
  'message.delivered': FeedEvent<Message>;
  'message.read': FeedEvent<Message>;
  'message.failed': FeedEvent<Message>;
  'conversation.updated': FeedEvent<Conversation>;
  /** Every event. */
  event: FeedEvent;
  connected: { readonly transport: 'signalr' | 'sse' };
  disconnected: { readonly error: Error | undefined };
  /** Events between the last one and the next are lost: fetch afresh by REST. */
  gap: { readonly topics: readonly string[] };
  /** Topics that are not to be had, with the reason. */
  refused: { readonly topics: Readonly<Record<string, string>> };
  [name: string]: unknown;
}
