import type { DeviceEvent } from '../messaging/transport.js';
import type { Batch, Conversation, Message } from '../types.js';

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

/** An instance's connection to WhatsApp. */
export interface SessionChange {
  readonly instance: string;
  readonly status: 'connecting' | 'ready' | 'disconnected' | 'auth_failure';
  readonly changedAt: string;
  readonly reason: string | null;
  /** The text of the QR code to scan, while one is asked for. */
  readonly qrCode: string | null;
  readonly pairingCode: string | null;
  readonly phone: string | null;
  readonly profileName: string | null;
}

/** What the bot answered, or that it did not, and how it came to it. */
export interface BotReply {
  readonly batchId: string;
  readonly instance: string;
  readonly conversationId: string;
  /** The message it went out as; null: nothing was sent. */
  readonly messageId: string | null;
  /** The members beyond these are as the server's `/openapi/v1.json` says. */
  readonly trace: {
    readonly at: string;
    readonly path: string;
    readonly ruleId: string | null;
    /** 0 to 1. */
    readonly confidence: number;
    readonly language: string;
    readonly text: string;
    /** Empty: nothing was answered. */
    readonly reply: string;
    readonly [member: string]: unknown;
  };
}

/** A change of an instance's rules, or of the model that learnt them. */
export interface BotRuleChange {
  readonly instance: string;
  readonly change: 'created' | 'updated' | 'deleted' | 'imported' | 'restored' | 'trained' | 'refused';
  /** Null where more than one rule is concerned. */
  readonly ruleId: string | null;
  readonly name: string | null;
  readonly modelVersion: number;
}

/** A provider's delivery that could not be read or routed; the members beyond these are as `/openapi/v1.json` says. */
export interface ParkedDelivery {
  readonly id: string;
  readonly instance: string;
  readonly provider: string;
  readonly receivedAt: string;
  readonly reason: string | null;
  readonly [member: string]: unknown;
}

/** Whom an opt-out or opt-in is from. */
export interface ContactChoice {
  readonly instance: string;
  readonly conversationId: string | null;
}

/** The events of the server's reference, and what this client tells of itself. */
export interface FeedEvents {
  'message.received': FeedEvent<Message>;
  'message.queued': FeedEvent<Message>;
  'message.sent': FeedEvent<Message>;
  'message.delivered': FeedEvent<Message>;
  'message.read': FeedEvent<Message>;
  'message.failed': FeedEvent<Message>;
  'message.changed': FeedEvent<Message>;
  'conversation.updated': FeedEvent<Conversation>;
  'conversation.flushed': FeedEvent<Batch>;
  'contact.opted-out': FeedEvent<ContactChoice>;
  'contact.opted-in': FeedEvent<ContactChoice>;
  'batch.completed': FeedEvent<Batch>;
  'batch.failed': FeedEvent<Batch>;
  'batch.dead-lettered': FeedEvent<Batch>;
  'batch.replayed': FeedEvent<Batch>;
  'batch.discarded': FeedEvent<Batch>;
  'session.status': FeedEvent<SessionChange>;
  'session.qr': FeedEvent<SessionChange>;
  'smartbot.reply': FeedEvent<BotReply>;
  'smartbot.rule-updated': FeedEvent<BotRuleChange>;
  'system:info': FeedEvent;
  'system:warning': FeedEvent;
  'system:error': FeedEvent;
  'delivery.parked': FeedEvent<ParkedDelivery>;
  processing_update: FeedEvent<DeviceEvent>;
  text_response: FeedEvent<DeviceEvent>;
  error_response: FeedEvent<DeviceEvent>;
  /** Every event. */
  event: FeedEvent;
  connected: { readonly transport: 'signalr' | 'sse' };
  disconnected: { readonly error: Error | undefined };
  /** Events between the last one and the next are lost: fetch afresh by REST. */
  gap: { readonly topics: readonly string[] };
  /** Topics that are not to be had, with the reason. */
  refused: { readonly topics: Readonly<Record<string, string>> };
}

type Family = keyof FeedEvents extends infer Name ? (Name extends `${infer First}${'.' | ':'}${string}` ? First : never) : never;

/**
 * The name of an event that is not listed. One that looks like a listed one is taken for a slip; where it is none, say
 * `as string`.
 */
export type OtherEvent<Name extends string> =
  string extends Name ? Name
  : Name extends `${Family}${'.' | ':'}${string}` ? never
  : Name extends `${string}${'.' | ':'}${string}` ? Name
  : never;
